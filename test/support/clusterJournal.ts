import { createClient } from 'redis';
import type { BriefingState } from '../../server/domain/briefing.ts';
import type { Recorded } from '../../server/domain/event.ts';
import { evolve, nothing } from '../../server/domain/evolve.ts';
import { briefingKeys } from '../../server/journal/keys.ts';
import type { Cluster } from './cluster.ts';

/** The journal as it stands in Redis, read past every server. */
export async function journalOf(cluster: Cluster): Promise<readonly Recorded[]> {
  const redis = createClient({ url: cluster.redis.url });
  await redis.connect();
  try {
    const entries = await redis.xRange(briefingKeys(cluster.briefing).journal, '-', '+');
    return (entries ?? []).map(({ id, message }) => ({
      version: Number.parseInt(id, 10),
      ...(JSON.parse(message.e ?? '{}') as Omit<Recorded, 'version'>),
    }));
  } finally {
    redis.destroy();
  }
}

export async function journalState(cluster: Cluster): Promise<BriefingState> {
  return (await journalOf(cluster)).reduce(evolve, nothing);
}

/** Comings and goings of pages; what is left was commanded by somebody. */
const presence: readonly string[] = ['seat.joined', 'seat.left', 'seat.lost'];

/** What people did to the briefing, without the comings and goings of test pages. */
export async function deedsOf(cluster: Cluster): Promise<readonly Recorded[]> {
  return (await journalOf(cluster)).filter(({ event }) => !presence.includes(event.type));
}
