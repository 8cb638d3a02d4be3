import type { BriefingState } from '../domain/briefing.ts';
import type { RedisLink } from './connect.ts';

/**
 * Raise this whenever `BriefingState` or what `evolve` makes of an event changes: snapshots of
 * another format are ignored, and the state is folded anew from the whole journal.
 */
export const snapshotFormat = 3;

/** The newest snapshot, or undefined where there is none of this format. */
export async function readSnapshot(
  redis: RedisLink,
  key: string,
): Promise<BriefingState | undefined> {
  const { format, state } = await redis.hGetAll(key);
  if (format !== String(snapshotFormat) || state === undefined) return undefined;
  return JSON.parse(state) as BriefingState;
}

/** Keeps a snapshot, unless a newer one is kept already: a slow server never sets it back. */
export async function keepSnapshot(
  redis: RedisLink,
  key: string,
  state: BriefingState,
): Promise<'kept' | 'older'> {
  const args = [String(state.version), String(snapshotFormat), JSON.stringify(state)];
  return (await redis.keepSnapshot(key, args)) as 'kept' | 'older';
}
