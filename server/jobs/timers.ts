import type { BriefingState } from '../domain/briefing.ts';
import { timersDue } from '../domain/timers.ts';
import type { Jobs } from './jobs.ts';

/**
 * Sets the timers that a briefing's state calls for, each once by this server. Other servers set
 * the same ones: a timer's id makes it one.
 */
export class Timers {
  readonly #jobs: Pick<Jobs, 'schedule'>;
  readonly #now: () => number;
  readonly #real: (ms: number) => number;
  #set: ReadonlySet<string> = new Set();

  /** `real`: how long a stretch of that clock really takes; the same where nothing is said. */
  constructor(o: {
    jobs: Pick<Jobs, 'schedule'>;
    now: () => number;
    real?: (ms: number) => number;
  }) {
    this.#jobs = o.jobs;
    this.#now = o.now;
    this.#real = o.real ?? ((ms) => ms);
  }

  /** To be called with every new state. */
  follow(state: BriefingState): void {
    const due = timersDue(state);
    for (const { id, at, command } of due) {
      if (this.#set.has(id)) continue;
      const delayMs = Math.max(0, this.#real(at - this.#now()));
      void this.#jobs.schedule({ id, briefing: state.id, command, delayMs });
    }
    this.#set = new Set(due.map(({ id }) => id));
  }

  /** Redis may have lost what was set: all that is due is set anew, which is harmless. */
  again(state: BriefingState): void {
    this.#set = new Set();
    this.follow(state);
  }
}
