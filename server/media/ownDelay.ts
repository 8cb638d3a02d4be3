import { monitorEventLoopDelay } from 'node:perf_hooks';

/** A stall is told for at least so long, milliseconds. */
const tellFor = 1_500;

/** How long this process itself has stood still lately: what it did not hear then says nothing. */
export class OwnDelay {
  readonly #delays = monitorEventLoopDelay({ resolution: 20 });
  readonly #timer: NodeJS.Timeout;
  #before = 0;

  constructor() {
    this.#delays.enable();
    this.#timer = setInterval(() => {
      this.#before = this.#delays.max;
      this.#delays.reset();
    }, tellFor);
    this.#timer.unref();
  }

  /** The longest of the last one and a half to three seconds, milliseconds. */
  get worstMs(): number {
    return Math.max(this.#before, this.#delays.max) / 1e6;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#delays.disable();
  }
}
