import type { Demand, Leg, Source } from '../../server/protocol/wire.ts';

interface Wanted {
  readonly source: Source;
  readonly demand: Demand;
}

/**
 * How much of this page's sources is wanted on each leg: the server's word, and, for the moment
 * after a change of leg, what was wanted on the former one. The encoder starts on a loan, because
 * the server's word takes a round trip; a loan that is not confirmed is called in.
 */
export class Demands {
  readonly #told = new Map<Leg, Map<Source, Demand>>();
  readonly #lent = new Map<Leg, Map<Source, Demand>>();

  tell(leg: Leg, wanted: readonly Wanted[]): void {
    for (const { source, demand } of wanted) {
      this.#of(this.#told, leg).set(source, demand);
      this.#lent.get(leg)?.delete(source);
    }
  }

  /** Lends to `to` what is wanted on `from`, where nothing is wanted of it yet. */
  lend(from: Leg, to: Leg): void {
    for (const { source, demand } of this.on(from)) {
      if (demand === 'off' || (this.#told.get(to)?.get(source) ?? 'off') !== 'off') continue;
      this.#of(this.#lent, to).set(source, demand);
    }
  }

  /** What the server has not confirmed is no longer wanted. True when there was any. */
  callIn(leg: Leg): boolean {
    const lent = (this.#lent.get(leg)?.size ?? 0) > 0;
    // Said outright, because whoever encodes it has been told to.
    for (const source of this.#lent.get(leg)?.keys() ?? []) {
      if (!this.#told.get(leg)?.has(source)) this.#of(this.#told, leg).set(source, 'off');
    }
    this.#lent.delete(leg);
    return lent;
  }

  on(leg: Leg): readonly Wanted[] {
    const all = new Map([...(this.#told.get(leg) ?? []), ...(this.#lent.get(leg) ?? [])]);
    return [...all].map(([source, demand]) => ({ source, demand }));
  }

  forget(leg: Leg): void {
    this.#told.delete(leg);
    this.#lent.delete(leg);
  }

  #of(map: Map<Leg, Map<Source, Demand>>, leg: Leg): Map<Source, Demand> {
    const known = map.get(leg) ?? new Map<Source, Demand>();
    map.set(leg, known);
    return known;
  }
}
