/** Far more briefings than one node sees between two starts; the oldest is forgotten first. */
const most = 256;

/**
 * The highest fencing token of each space that this process has seen, also after the space is no
 * more: a journal that comes back with less than that has lost something, and its server finds out.
 */
export class HighWater {
  readonly #tokens = new Map<string, number>();

  of(space: string): number {
    return this.#tokens.get(space) ?? 0;
  }

  /** Never lower than what was kept before. */
  keep(space: string, token: number): void {
    const highest = Math.max(token, this.of(space));
    if (highest === 0) return;
    this.#tokens.delete(space);
    this.#tokens.set(space, highest);
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > most && oldest !== undefined) this.#tokens.delete(oldest);
  }

  all(): [string, number][] {
    return [...this.#tokens];
  }
}
