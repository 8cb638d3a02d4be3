import type { Logger } from 'pino';
import type { BriefingState } from './domain/briefing.ts';
import type { Jobs } from './jobs/jobs.ts';
import { Timers } from './jobs/timers.ts';
import type { Briefings } from './journal/briefings.ts';
import type { Leases } from './journal/leases.ts';

export interface FollowOptions {
  readonly briefings: Briefings;
  readonly jobs: Jobs;
  readonly leases: Leases;
  /** The clock that briefings go by, and how long a stretch of it really takes, in milliseconds. */
  readonly now: () => number;
  readonly real: (ms: number) => number;
  /** People have accepted that a journal lost events: all that this server knows is void. */
  readonly onResumed: () => void;
  readonly log: Logger;
}

/** What every server does for each briefing in memory, whoever else does the same. */
export function followEach(o: FollowOptions): void {
  const { briefings, jobs, leases, now, real, onResumed, log } = o;
  briefings.each((briefing, journal) => {
    const timers = new Timers({ jobs, now, real });
    const quietly = (work: Promise<void>) => {
      work.catch((err: unknown) => log.debug({ err, briefing }, 'lease not written'));
    };
    const resume = () => {
      timers.again(journal.state);
      quietly(leases.expect(briefing, connected(journal.state)));
    };
    const stops = [
      journal.subscribe((events, state) => {
        timers.follow(state);
        for (const { event } of events) {
          if (event.type !== 'seat.joined') continue;
          // The server that it joined at may die before its own claim has reached Redis, and the
          // seat would count as connected for ever.
          const { seat, connection } = event;
          quietly(leases.expect(briefing, [{ seat, connection }]));
        }
      }),
      // What Redis lost with a replaced primary was in no journal: timers and leases, set anew.
      journal.onCondition((condition) => {
        if (condition === 'running') resume();
      }),
    ];
    void journal.resumed.then(onResumed);
    resume();
    return () => {
      for (const stop of stops) stop();
    };
  });
}

/**
 * After the death of every server at once nobody is left to say who was lost: seats that the
 * journal has connected get a lease to lapse. Harmless to repeat.
 */
const connected = ({ seats }: BriefingState) =>
  Object.values(seats).flatMap(({ id: seat, status, connection }) =>
    status === 'connected' && connection !== null ? [{ seat, connection }] : [],
  );
