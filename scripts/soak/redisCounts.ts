import { createClient } from 'redis';
import { type KeyKind, keyKind } from './redisKeys.ts';

/** One look into Redis: numbers by name, and the keys that nobody can account for. */
export interface RedisLook {
  readonly counts: Readonly<Record<string, number>>;
  readonly unexpected: readonly string[];
}

/** Counts what an installation keeps in Redis. Connects anew each time, and is not counted. */
export async function countRedis(url: string): Promise<RedisLook> {
  const redis = createClient({ url });
  redis.on('error', () => {});
  await redis.connect();
  try {
    const keys: Record<KeyKind, number> = { steady: 0, grows: 0, ages: 0, unexpected: 0 };
    const bytes: Record<KeyKind, number> = { steady: 0, grows: 0, ages: 0, unexpected: 0 };
    const unexpected: string[] = [];
    for await (const page of redis.scanIterator({ COUNT: 500 })) {
      for (const key of page) {
        const kind = keyKind(key);
        keys[kind] += 1;
        // All of it: a sample would be a guess that changes from look to look.
        bytes[kind] += (await redis.memoryUsage(key, { SAMPLES: 0 })) ?? 0;
        if (kind === 'unexpected') unexpected.push(`${await redis.type(key)} ${key}`);
      }
    }
    const used = infoNumber(await redis.info('memory'), 'used_memory');
    const accounted = bytes.steady + bytes.grows + bytes.ages;
    return {
      unexpected,
      counts: {
        keysSteady: keys.steady,
        keysUnexpected: keys.unexpected,
        keysAging: keys.ages,
        steadyBytes: bytes.steady,
        growingBytes: bytes.grows,
        agingBytes: bytes.ages,
        otherBytes: used - accounted,
        clients: infoNumber(await redis.info('clients'), 'connected_clients') - 1,
      },
    };
  } finally {
    redis.destroy();
  }
}

const infoNumber = (info: string, name: string): number =>
  Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]);
