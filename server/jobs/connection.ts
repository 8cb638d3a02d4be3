import type { Logger } from 'pino';
import { createClient } from 'redis';

const pingMs = 5_000;
/** Longer than BullMQ's wait for a job, during which the connection says nothing. */
const silenceMs = 15_000;

/**
 * A connection for BullMQ, which wraps node-redis itself and connects it. Unlike the journal's it
 * keeps what cannot go out now: a timer set late is better than none, and it is set but once.
 */
export function jobConnection(redisUrl: string, log: Logger) {
  const client = createClient({
    url: redisUrl,
    name: 'diemcau-jobs',
    disableClientInfo: true,
    maintNotifications: 'disabled',
    commandOptions: { timeout: 0 },
    pingInterval: pingMs,
    socket: {
      socketTimeout: silenceMs,
      reconnectStrategy: (retries) => Math.min(25 * 2 ** Math.min(retries, 10), 500),
    },
  });
  client.on('error', (error: Error) => log.debug({ err: error }, 'jobs: redis away'));
  return client;
}

/**
 * Whether Redis may evict keys when memory is short, which would lose timers: BullMQ needs
 * `noeviction` and only warns.
 */
export async function checkEviction(
  client: { info(section: string): Promise<string> },
  log: Logger,
): Promise<void> {
  const policy = /^maxmemory_policy:(\S+)/m.exec(await client.info('memory'))?.[1];
  if (policy === 'noeviction') return;
  log.error({ policy }, 'redis may evict timers: set maxmemory-policy to noeviction');
}
