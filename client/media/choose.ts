import type { SeatId } from '../../server/domain/ids.ts';
import type { Leg } from '../../server/protocol/wire.ts';
import { type StreamKey, splitKey } from './streamKey.ts';

/** What flows, as the server last told it. `active` null: this page has never had an active leg. */
export interface Route {
  readonly active: Leg | null;
  readonly sources: Readonly<Record<SeatId, Leg>>;
}

/** One stream that this page receives, flowing or held. */
export interface Candidate {
  readonly key: StreamKey;
  /** The leg of this page on which it comes; null: a former leg's, which only bridges a gap. */
  readonly on: Leg | null;
  /** The leg of the sender over which it was sent. */
  readonly from: Leg | undefined;
  /** What makes it the same stream as another. */
  readonly track: unknown;
}

/**
 * Which of the candidates to show and play, one for each stream. The route says which one flows.
 * While that one is not there, the present one goes on, because its last picture is better than
 * none; failing that, whatever is nearest to the route. Of equals, the last is the newest.
 */
export function choose<C extends Candidate>(
  candidates: readonly C[],
  { active, sources }: Route,
  present: ReadonlyMap<StreamKey, C>,
): ReadonlyMap<StreamKey, C> {
  const chosen = new Map<StreamKey, C>();
  const worth = (c: C): number => {
    const onRoute = c.on !== null && c.on === active;
    if (onRoute && c.from === sources[splitKey(c.key).seat]) return 4;
    if (c.track === present.get(c.key)?.track) return 3;
    if (onRoute) return 2;
    return c.on === null ? 0 : 1;
  };
  for (const candidate of candidates) {
    const other = chosen.get(candidate.key);
    if (!other || worth(candidate) >= worth(other)) chosen.set(candidate.key, candidate);
  }
  return chosen;
}
