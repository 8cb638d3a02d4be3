import type { Demand, Layer, Source, StreamRef } from '../protocol/media.ts';
import { streamKey } from '../protocol/media.ts';
import type { EndpointPlan } from '../protocol/requests.ts';

/** How one receiver is to have a stream. */
export interface Need {
  readonly layer: Layer;
  /** Made ready, but not to flow. */
  readonly hold: boolean;
}

/** What to do so that the receivers of one stream are those who should be. */
export interface StreamDiff<E> {
  readonly open: readonly (readonly [E, Need])[];
  readonly close: readonly E[];
  readonly change: readonly (readonly [E, Need])[];
}

/** Compares who should receive a stream with who does. Pure; neither map is changed. */
export function planDiff<E>(
  wanted: ReadonlyMap<E, Need>,
  present: ReadonlyMap<E, Need>,
): StreamDiff<E> {
  const open: [E, Need][] = [];
  const change: [E, Need][] = [];
  for (const [endpoint, need] of wanted) {
    const now = present.get(endpoint);
    if (now === undefined) open.push([endpoint, need]);
    else if (now.layer !== need.layer || now.hold !== need.hold) change.push([endpoint, need]);
  }
  return { open, close: [...present.keys()].filter((e) => !wanted.has(e)), change };
}

export interface Wish extends Need {
  readonly stream: StreamRef;
  readonly at?: string | undefined;
}

/**
 * A plan's wishes by stream. Of a stream named twice the wish that is not held counts, and of two
 * alike the higher layer.
 */
export function wishes(plan: Pick<EndpointPlan, 'receive'>): Map<string, Wish> {
  const byKey = new Map<string, Wish>();
  for (const wish of plan.receive) {
    const key = streamKey(wish.stream);
    const before = byKey.get(key);
    if (!before || outranks(wish, before)) byKey.set(key, wish);
  }
  return byKey;
}

function outranks(wish: Need, before: Need): boolean {
  if (wish.hold !== before.hold) return before.hold;
  return rank[wish.layer] > rank[before.layer];
}

const rank = { off: 0, low: 1, medium: 2, high: 3 } as const satisfies Record<Demand, number>;

/** The most that anyone of these wants; `off` when there is nobody. */
export function highest(layers: Iterable<Demand>): Demand {
  let most: Demand = 'off';
  for (const layer of layers) if (rank[layer] > rank[most]) most = layer;
  return most;
}

/** The most that is to flow; what is held is no reason for anybody to encode. */
export function wantedNow(needs: Iterable<Need>): Demand {
  return highest(Array.from(needs, ({ hold, layer }) => (hold ? 'off' : layer)));
}

const spatial = { low: 0, medium: 1, high: 2 } as const satisfies Record<Layer, number>;

/** Index of a simulcast encoding (RFC 8853), capped to the encodings that there are. */
export function spatialLayer(layer: Layer, encodings: number): number {
  return Math.max(0, Math.min(spatial[layer], encodings - 1));
}

/**
 * How many layers more a picture is given in each round in which mediasoup shares out what a line
 * carries, and its place in that: a camera comes before a presentation's frames, and both before
 * what is wanted small (a wall's tile, the next in the queue). Sound takes no part in it.
 */
export function bitratePriority(source: Source, layer: Layer): number {
  if (layer === 'low') return 1;
  return source === 'presentation' ? 2 : 4;
}
