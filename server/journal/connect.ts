import type { Logger } from 'pino';
import { createClient } from 'redis';
import { scripts } from './scripts.ts';

export interface ConnectOptions {
  readonly url: string;
  /** Shown in Redis's CLIENT LIST. */
  readonly name: string;
  readonly log: Logger;
  /** For the connection that waits in XREAD: a ping would only stand in line behind it. */
  readonly blocking?: boolean;
  /**
   * Commands wait for a lost connection instead of failing at once. For libraries that ask again
   * without a pause, and would keep the event loop to themselves until Redis is back.
   */
  readonly patient?: boolean;
}

/** How long a connection may stay silent before it is taken for dead, in milliseconds. */
const silenceMs = 4_000;
const pingMs = 1_000;
const connectTimeoutMs = 2_000;

/** Never gives up; fast at first, since every command is refused meanwhile. Milliseconds. */
export const reconnectDelay = (retries: number, random: number): number =>
  Math.min(20 * 2 ** Math.min(retries, 10), 200) * (0.75 + random / 2);

function newClient({ url, name, blocking, patient }: ConnectOptions) {
  return createClient({
    url,
    name,
    scripts,
    // A command that cannot go out now is an error now, never something that happens later.
    disableOfflineQueue: !patient,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    // The library's own deadline ends only the wait for the socket, not the wait for the reply,
    // and costs a timer for each command.
    commandOptions: { timeout: 0 },
    ...(blocking ? {} : { pingInterval: pingMs }),
    socket: {
      connectTimeout: connectTimeoutMs,
      socketTimeout: silenceMs,
      reconnectStrategy: (retries) => reconnectDelay(retries, Math.random()),
    },
  });
}

/** A connection to Redis as the journal wants it; it reconnects by itself until destroyed. */
export type RedisLink = ReturnType<typeof newClient>;

/** Connects, and waits for as long as it takes for Redis to be there. */
export async function connectRedis(options: ConnectOptions): Promise<RedisLink> {
  const { log, name } = options;
  const link = newClient(options);
  // Every journal of the server listens to the one connection.
  link.setMaxListeners(0);
  let down = false;
  link.on('error', (error: Error) => {
    if (!down) log.warn({ err: error, link: name }, 'redis lost');
    down = true;
  });
  link.on('ready', () => {
    if (down) log.info({ link: name }, 'redis back');
    down = false;
    if (options.blocking) return;
    // First on every connection: a script that Redis does not know is sent a second time, and then
    // comes after what was asked for after it.
    for (const { SCRIPT } of Object.values(scripts)) {
      link.scriptLoad(SCRIPT).catch((err: unknown) => log.debug({ err }, 'script not loaded'));
    }
  });
  await link.connect();
  return link;
}
