import { type ReadonlySignal, signal } from '@preact/signals';
import type { Instant } from '../../server/domain/ids.ts';

/** What one message told of the server's clock. */
export interface ClockSample {
  readonly serverTime: Instant;
  /** Milliseconds of the server's clock for each real one. */
  readonly speed: number;
  /** By this page's own steady clock, in milliseconds. */
  readonly receivedAt: number;
  /** In milliseconds; null when it is unknown. */
  readonly roundTrip: number | null;
}

/** What the server's clock shows when this page's own shows `local`: by the middle of the way. */
export const timeAt = (
  { serverTime, speed, receivedAt, roundTrip }: ClockSample,
  local: number,
): Instant => serverTime + (local - receivedAt + (roundTrip ?? 0) / 2) * speed;

/** An answer slower than this tells less than what is known already, in milliseconds. */
export const slow = 300;
/** For so long; by then this machine's clock may be off by more than the answer, in milliseconds. */
const known = 600_000;

/** Whether a sample is worth taking in the place of the one that is had. */
export function isBetter(sample: ClockSample, than: ClockSample | null): boolean {
  // Another server may show another time, and its welcome comes first.
  if (!than || sample.roundTrip === null || than.roundTrip === null) return true;
  if (sample.roundTrip <= slow || sample.roundTrip <= than.roundTrip) return true;
  return sample.receivedAt - than.receivedAt > known;
}

/** How long a time stays on the page at least, in milliseconds. */
const shownFor = 800;

/** The server's time on this page: kiosk clocks are often wrong, and all must show the same. */
export class ServerClock {
  readonly #second = signal<Instant>(0);
  /** The server's time, told anew at the start of each of its seconds. */
  readonly second: ReadonlySignal<Instant> = this.#second;
  readonly #local: () => number;
  #sample: ClockSample | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `local`: a steady clock in milliseconds, which nobody sets. */
  constructor(local: () => number) {
    this.#local = local;
    this.#tick();
  }

  /** Until the server has said it, this machine's own. */
  now(): Instant {
    return this.#sample ? Math.round(timeAt(this.#sample, this.#local())) : Date.now();
  }

  set(sample: ClockSample): void {
    if (!isBetter(sample, this.#sample)) return;
    this.#sample = sample;
    this.#tick();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #tick(): void {
    clearTimeout(this.#timer);
    const now = this.now();
    this.#second.value = now;
    const { speed } = this.#sample ?? { speed: 1 };
    const toNext = (1000 - (now % 1000)) / speed + 5;
    // A rehearsal's clock may go so fast that nobody could read every second of it.
    this.#timer = setTimeout(() => this.#tick(), speed > 1 ? Math.max(shownFor, toNext) : toNext);
  }
}
