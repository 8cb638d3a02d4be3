import { type ReadonlySignal, signal } from '@preact/signals';
import type { Instant } from '../../server/domain/ids.ts';

/** What one message told of the server's clock. All in milliseconds; `roundTrip` 0 when unknown. */
interface ClockSample {
  readonly serverTime: Instant;
  readonly receivedAt: Instant;
  readonly roundTrip: number;
}

/** By how much the server's clock is ahead of this machine's, in milliseconds. */
export const offsetOf = ({ serverTime, receivedAt, roundTrip }: ClockSample): number =>
  serverTime + roundTrip / 2 - receivedAt;

/** The server's time on this page: kiosk clocks are often wrong, and all must show the same. */
export class ServerClock {
  readonly #second = signal<Instant>(0);
  /** The server's time, told anew at the start of each of its seconds. */
  readonly second: ReadonlySignal<Instant> = this.#second;
  readonly #local: () => Instant;
  #offset = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(local: () => Instant) {
    this.#local = local;
    this.#tick();
  }

  now(): Instant {
    return this.#local() + this.#offset;
  }

  set(sample: ClockSample): void {
    this.#offset = offsetOf(sample);
    this.#tick();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #tick(): void {
    clearTimeout(this.#timer);
    const now = this.now();
    this.#second.value = now;
    this.#timer = setTimeout(() => this.#tick(), 1000 - (now % 1000) + 5);
  }
}
