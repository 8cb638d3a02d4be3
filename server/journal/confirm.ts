import type { RedisLink } from './connect.ts';

/** What is in the primary is not on as many replicas as it must be, or not known to be. */
export class NotReplicated extends Error {
  override readonly name = 'NotReplicated';
}

/**
 * How long replicas may take, in milliseconds; less in all than an append may. Each time the
 * primary asks them anew: one that has only just begun to follow would not answer the first.
 */
const waitMs = 150;
const times = 4;
/** Nobody listens there. */
const channel = 'diemcau:replicated';

/**
 * Resolves once `replicas` replicas have what this connection has just written. To be called in
 * the very turn in which the reply came: on another connection WAIT would answer for nothing.
 * @throws NotReplicated, or Error when the connection breaks.
 */
export async function writtenToReplicas(redis: RedisLink, replicas: number): Promise<void> {
  if (replicas > 0) await acknowledged(redis, replicas);
}

/**
 * Resolves once `replicas` replicas have whatever this connection has just read. Replicas take
 * writes in their order, so a write of our own stands for all before it; a message on a channel
 * goes to the replicas like a write, yet neither to the disk nor into the data.
 * @throws NotReplicated, or Error when the connection breaks.
 */
export async function readFromReplicas(redis: RedisLink, replicas: number): Promise<void> {
  if (replicas === 0) return;
  await Promise.all([redis.publish(channel, ''), acknowledged(redis, replicas)]);
}

async function acknowledged(redis: RedisLink, replicas: number): Promise<void> {
  const { socketEpoch } = redis;
  let have = 0;
  for (let i = 0; i < times; i++) {
    have = await redis.wait(replicas, waitMs);
    // A new connection has written nothing, so that every replica has it.
    if (redis.socketEpoch !== socketEpoch) break;
    if (have >= replicas) return;
  }
  throw new NotReplicated(`${have} of ${replicas} replicas have it`);
}

/**
 * Whether so many replicas follow this connection's Redis; asked for as long as one answer takes.
 * @throws Error when the connection breaks.
 */
export async function followed(redis: RedisLink, replicas = 0): Promise<boolean> {
  try {
    await readFromReplicas(redis, replicas);
    return true;
  } catch (error) {
    if (error instanceof NotReplicated) return false;
    throw error;
  }
}
