/** Random numbers that can be had again: mulberry32, a counter with a good mixer. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not with, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Undefined of an empty list. */
  one<T>(of: readonly T[]): T | undefined {
    return of[Math.floor(this.next() * of.length)];
  }

  /** One of them, by weight. */
  weighted<T extends { readonly weight: number }>(of: readonly T[]): T | undefined {
    let left = this.next() * of.reduce((sum, { weight }) => sum + weight, 0);
    return of.find(({ weight }) => {
      left -= weight;
      return left < 0;
    });
  }
}
