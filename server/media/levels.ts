import type { BriefingId, SeatId } from '../domain/ids.ts';
import { ofLegEndpoint } from '../protocol/legs.ts';

export type Levels = Readonly<Record<SeatId, number>>;

/** From one word about a briefing's levels to the next, milliseconds. */
const tellEveryMs = 200;

/**
 * How loud open microphones are, put together from what each media node hears of the streams that
 * are at home there. Told at a steady pace while anything changes, and the silence after it once.
 */
export class LevelMeter {
  readonly #tell: (briefing: BriefingId, levels: Levels) => void;
  /** By briefing, by node: dBov of each endpoint. */
  readonly #heard = new Map<BriefingId, Map<string, ReadonlyMap<string, number>>>();
  readonly #timers = new Map<BriefingId, NodeJS.Timeout>();

  constructor(tell: (briefing: BriefingId, levels: Levels) => void) {
    this.#tell = tell;
  }

  /** All that a node hears in a briefing now. */
  hear(
    briefing: BriefingId,
    node: string,
    levels: readonly { readonly endpoint: string; readonly level: number }[],
  ): void {
    const nodes = this.#heard.get(briefing) ?? new Map<string, ReadonlyMap<string, number>>();
    this.#heard.set(briefing, nodes);
    if (levels.length === 0 && !nodes.delete(node)) return;
    if (levels.length > 0) nodes.set(node, new Map(levels.map((l) => [l.endpoint, l.level])));
    this.#soon(briefing);
  }

  /** The node says nothing any more. */
  forget(node: string): void {
    for (const [briefing, nodes] of this.#heard) if (nodes.delete(node)) this.#soon(briefing);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #soon(briefing: BriefingId): void {
    if (this.#timers.has(briefing)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(briefing);
      this.#tell(briefing, this.#all(briefing));
    }, tellEveryMs);
    this.#timers.set(briefing, timer);
  }

  /** A seat that moves is open on both its legs for a moment: the louder one counts. */
  #all(briefing: BriefingId): Levels {
    const all: Record<SeatId, number> = {};
    for (const levels of this.#heard.get(briefing)?.values() ?? []) {
      for (const [endpoint, level] of levels) {
        const seat = ofLegEndpoint(endpoint)?.id;
        if (seat !== undefined) all[seat] = Math.max(level, all[seat] ?? Number.NEGATIVE_INFINITY);
      }
    }
    return all;
  }
}
