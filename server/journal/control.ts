import type { Logger } from 'pino';
import type { RedisLink } from './connect.ts';
import { afterPatience } from './patience.ts';

export type Condition = 'running' | 'paused' | 'regressed';

interface ControlOptions {
  readonly redis: RedisLink;
  readonly log: Logger;
  /** Reads on from where this server was; rejects while Redis cannot be read. */
  readonly check: () => Promise<void>;
  readonly onPaused: () => void;
  readonly onRunning: () => void;
}

/** How long an append may take before control counts as paused, in milliseconds. */
const deadlineMs = 800;
const recheckMs = 50;

/** Whether a journal can be written to now, from what its connection and its appends show. */
export class Control {
  readonly #options: ControlOptions;
  readonly #listeners = new Set<(condition: Condition) => void>();
  readonly #pauseNow = () => this.pause();
  #condition: Condition = 'running';
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: ControlOptions) {
    this.#options = options;
    // A connection that broke while idle pauses too: the surfaces shall show it at once, and
    // what Redis holds when it comes back has to be checked before anything is built on it.
    options.redis.on('reconnecting', this.#pauseNow);
  }

  get condition(): Condition {
    return this.#condition;
  }

  onChange(listener: (condition: Condition) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Pauses until the journal has been read again. */
  pause(): void {
    if (this.#condition !== 'running' || this.#closed) return;
    this.#become('paused');
    this.#options.onPaused();
    this.#recheck();
  }

  regress(): void {
    this.#become('regressed');
  }

  /** Waits for an append however long it takes, but pauses when it takes too long. */
  async within<T>(append: Promise<T>): Promise<T> {
    const stop = afterPatience(deadlineMs, this.#pauseNow);
    try {
      return await append;
    } finally {
      stop();
    }
  }

  /** Resolves when an append begun now would have taken too long. */
  tooLong(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, deadlineMs).unref());
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#options.redis.off('reconnecting', this.#pauseNow);
    this.#listeners.clear();
  }

  #recheck(): void {
    this.#timer = setTimeout(async () => {
      try {
        await this.#options.check();
        if (this.#condition !== 'paused' || this.#closed) return;
        this.#become('running');
        this.#options.onRunning();
      } catch (error) {
        this.#options.log.debug({ err: error }, 'redis not back yet');
        if (this.#condition === 'paused' && !this.#closed) this.#recheck();
      }
    }, recheckMs);
  }

  #become(condition: Condition): void {
    if (this.#condition === condition) return;
    this.#condition = condition;
    const level = condition === 'running' ? 'info' : condition === 'paused' ? 'warn' : 'error';
    this.#options.log[level]({ condition }, 'journal control');
    for (const listener of [...this.#listeners]) listener(condition);
  }
}
