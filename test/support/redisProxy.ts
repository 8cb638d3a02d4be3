import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface RedisProxy {
  readonly url: string;
  /** From now on Redis's replies are thrown away: what is asked is done, and nobody hears of it. */
  swallowReplies(): void;
  /** From now on what clients send is thrown away. */
  swallowRequests(): void;
  /** Breaks all connections; new ones work again. */
  cut(): void;
  close(): Promise<void>;
}

/** A line to Redis on loopback that a test can break at a chosen moment. */
export async function startRedisProxy(port: number): Promise<RedisProxy> {
  const sockets = new Set<Socket>();
  const swallow = { requests: false, replies: false };
  const server = createServer((client) => {
    const redis = connect({ port, host: '127.0.0.1' });
    for (const [from, to, what] of [
      [client, redis, 'requests'],
      [redis, client, 'replies'],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => {
        if (!swallow[what]) to.write(data);
      });
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port given');
  const cut = () => {
    swallow.requests = false;
    swallow.replies = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `redis://127.0.0.1:${address.port}`,
    swallowReplies: () => {
      swallow.replies = true;
    },
    swallowRequests: () => {
      swallow.requests = true;
    },
    cut,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}
