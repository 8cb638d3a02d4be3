import type { Demand, Layer, StreamRef } from '../protocol/media.ts';
import { streamKey } from '../protocol/media.ts';
import type { EndpointPlan } from '../protocol/requests.ts';

/** What to do so that the receivers of one stream are those who should be. */
export interface StreamDiff<E> {
  readonly open: readonly (readonly [E, Layer])[];
  readonly close: readonly E[];
  readonly relayer: readonly (readonly [E, Layer])[];
}

/** Compares who should receive a stream with who does. Pure; neither map is changed. */
export function planDiff<E>(
  wanted: ReadonlyMap<E, Layer>,
  held: ReadonlyMap<E, Layer>,
): StreamDiff<E> {
  const open: [E, Layer][] = [];
  const relayer: [E, Layer][] = [];
  for (const [endpoint, layer] of wanted) {
    const now = held.get(endpoint);
    if (now === undefined) open.push([endpoint, layer]);
    else if (now !== layer) relayer.push([endpoint, layer]);
  }
  return { open, close: [...held.keys()].filter((e) => !wanted.has(e)), relayer };
}

export interface Wish {
  readonly stream: StreamRef;
  readonly layer: Layer;
  readonly at?: string | undefined;
}

/** A plan's wishes by stream; of a stream named twice the higher layer counts. */
export function wishes(plan: Pick<EndpointPlan, 'receive'>): Map<string, Wish> {
  const byKey = new Map<string, Wish>();
  for (const wish of plan.receive) {
    const key = streamKey(wish.stream);
    const before = byKey.get(key);
    if (before && rank[before.layer] >= rank[wish.layer]) continue;
    byKey.set(key, wish);
  }
  return byKey;
}

const rank = { off: 0, low: 1, medium: 2, high: 3 } as const satisfies Record<Demand, number>;

/** The most that anyone of these wants; `off` when there is nobody. */
export function highest(layers: Iterable<Demand>): Demand {
  let most: Demand = 'off';
  for (const layer of layers) if (rank[layer] > rank[most]) most = layer;
  return most;
}

const spatial = { low: 0, medium: 1, high: 2 } as const satisfies Record<Layer, number>;

/** Index of a simulcast encoding (RFC 8853), capped to the encodings that there are. */
export function spatialLayer(layer: Layer, encodings: number): number {
  return Math.max(0, Math.min(spatial[layer], encodings - 1));
}
