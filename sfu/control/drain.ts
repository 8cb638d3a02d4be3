import type { Logger } from 'pino';
import type { Clock } from '../media/keyFrameGate.ts';

/** So long after the last endpoint, the answers of the last requests are on their way; ms. */
const linger = 50;
/** Servers whose links have all dropped come back within this time, or nobody moves anything; ms. */
const unlinkedWithin = 2000;

export interface DrainOptions {
  /** What is to be drained. */
  readonly node: {
    /** Endpoints that are there or being made. */
    readonly busy: boolean;
    /** Whether any server is linked. */
    readonly linked: boolean;
    /** Takes nothing new from now on, and says so. */
    drain(): void;
  };
  readonly clock: Clock;
  readonly log: Logger;
  /** The longest that it may take; ms. */
  readonly limitMs: number;
  /** Called once, when there is nothing to stay for. */
  readonly onLeave: (reason: string) => void;
}

/**
 * A node's leaving: it takes nothing new, and stays until the servers have moved its last endpoint
 * away. Without a server nobody would, so it does not wait then; nor beyond its limit.
 */
export class Drain {
  readonly #options: DrainOptions;
  #state: 'not' | 'draining' | 'left' = 'not';
  #cancelLimit: (() => void) | undefined;
  #cancelLeaving: (() => void) | undefined;

  constructor(options: DrainOptions) {
    this.#options = options;
  }

  /** Asking twice is asking once. */
  begin(reason: string): void {
    if (this.#state !== 'not') return;
    const { node, clock, log, limitMs } = this.#options;
    this.#state = 'draining';
    log.info({ reason, limitMs }, 'media node draining');
    node.drain();
    this.#cancelLimit = clock.after(limitMs, () => this.#leave('the limit is over'));
    if (node.linked) this.look();
    else this.#leave('no server is linked');
  }

  /** An endpoint or a server's link has come or gone. */
  look(): void {
    if (this.#state !== 'draining') return;
    const { node, clock } = this.#options;
    this.#cancelLeaving?.();
    this.#cancelLeaving = undefined;
    if (!node.busy) this.#cancelLeaving = clock.after(linger, () => this.#leave('empty'));
    else if (!node.linked) {
      this.#cancelLeaving = clock.after(unlinkedWithin, () => this.#leave('no server is linked'));
    }
  }

  close(): void {
    this.#state = 'left';
    this.#cancelLimit?.();
    this.#cancelLeaving?.();
  }

  #leave(reason: string): void {
    if (this.#state === 'left') return;
    this.close();
    this.#options.onLeave(reason);
  }
}
