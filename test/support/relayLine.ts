/** What one direction of a line does to packets. */
export interface LineShape {
  /** Share of packets that vanish on the way, 0 … 1. */
  readonly loss: number;
  /** How long a packet travels once it has left, milliseconds. */
  readonly delayMs: number;
  readonly bitsPerSecond: number;
  /** What may wait for its turn to leave, bytes; what comes on top of that is dropped. */
  readonly queueBytes: number;
}

/** Headers of IPv4 and UDP, which the line carries too. */
const headerBytes = 28;

/** Where a packet ends: `at` the far end at that time, or nowhere. */
export type Fate = { readonly at: number } | 'lost' | 'full';

/**
 * One direction of a slow and lossy line, by arithmetic alone: packets leave one after another at
 * the line's speed, in order. The same seed loses the same packets.
 */
export class ShapedLine {
  readonly #shape: LineShape;
  readonly #random: () => number;
  /** When all that waits will have left. */
  #freeAt = 0;

  constructor(shape: LineShape, seed: number) {
    this.#shape = shape;
    this.#random = seeded(seed);
  }

  /** A packet of `bytes` is put on the line `now`, milliseconds. */
  send(bytes: number, now: number): Fate {
    const { loss, delayMs, bitsPerSecond, queueBytes } = this.#shape;
    const bytesPerMs = bitsPerSecond / 8_000;
    const size = bytes + headerBytes;
    const waiting = Math.max(0, this.#freeAt - now) * bytesPerMs;
    if (waiting + size > queueBytes) return 'full';
    this.#freeAt = Math.max(now, this.#freeAt) + size / bytesPerMs;
    // It has taken its time on the line, wherever it is lost after that.
    return this.#random() < loss ? 'lost' : { at: this.#freeAt + delayMs };
  }
}

/** Mulberry32: numbers in [0, 1) that look random and are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
