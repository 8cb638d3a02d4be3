import { type StreamRef, source, streamKey } from '../../sfu/protocol/media.ts';
import { type Leg, legEndpoint, legs, otherLeg } from '../protocol/legs.ts';
import type { Whereabouts } from './plan.ts';

interface Published {
  readonly node: string;
  readonly standby: boolean;
  /** Counts announcements, so that the newest word can be told. */
  readonly said: number;
}

/** Which streams are published on which nodes, by the nodes' own word. */
export class Streams {
  readonly #spaces = new Map<string, Map<string, Published>>();
  #said = 0;

  add(space: string, stream: StreamRef, o: { node: string; standby: boolean }): void {
    const streams = this.#spaces.get(space) ?? new Map<string, Published>();
    this.#said += 1;
    this.#spaces.set(space, streams.set(streamKey(stream), { ...o, said: this.#said }));
  }

  /**
   * What an endpoint's node will say soon, because this server has just ordered it: so that what it
   * sends is received from its new place at once, and not from the former one for a moment more.
   */
  expect(space: string, endpoint: string, standby: boolean): void {
    for (const of of source.options) {
      const stream = { endpoint, source: of };
      const published = this.#spaces.get(space)?.get(streamKey(stream));
      if (published) this.add(space, stream, { node: published.node, standby });
    }
  }

  /** A stream that has already come up at another node is not forgotten with its former self. */
  remove(space: string, stream: StreamRef, node: string): void {
    const streams = this.#spaces.get(space);
    if (streams?.get(streamKey(stream))?.node === node) streams.delete(streamKey(stream));
  }

  /** Answers which spaces had streams there. */
  removeNode(node: string): Set<string> {
    const touched = new Set<string>();
    for (const [space, streams] of this.#spaces) {
      for (const [stream, { node: at }] of streams) {
        if (at !== node) continue;
        streams.delete(stream);
        touched.add(space);
      }
    }
    return touched;
  }

  has(space: string, stream: StreamRef): boolean {
    return this.#spaces.get(space)?.has(streamKey(stream)) ?? false;
  }

  /** How many sources of an endpoint are published. */
  count(space: string, endpoint: string): number {
    return source.options.filter((of) => this.has(space, { endpoint, source: of })).length;
  }

  /**
   * Where a sender's source can be had. Active is the leg that does not stand by; of two that do
   * not (a move, seen from another server) the one that was announced last; of two that do (its
   * active one has just been lost) the one that there is.
   */
  whereIs(space: string, sender: string, of: StreamRef['source']): Whereabouts | undefined {
    const streams = this.#spaces.get(space);
    if (!streams) return undefined;
    const on = (which: Leg) =>
      streams.get(streamKey({ endpoint: legEndpoint(sender, which), source: of }));
    const there = legs.flatMap((which) => {
      const published = on(which);
      return published ? [{ leg: which, ...published }] : [];
    });
    const [active] = there.toSorted(
      (a, b) => Number(a.standby) - Number(b.standby) || b.said - a.said,
    );
    if (!active) return undefined;
    const other = otherLeg(active.leg);
    const standby = on(other);
    return {
      active: { leg: active.leg, node: active.node },
      standby: standby && { leg: other, node: standby.node },
    };
  }
}
