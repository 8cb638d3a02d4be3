import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

export interface TestRedis {
  readonly url: string;
  /** What a server's environment says of it. */
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  /** Ends it in good order and removes its folder. Idempotent. */
  stop(): Promise<void>;
  /** Ends it as a power cut would end the process (SIGKILL); its files stay for `restart`. */
  kill(): Promise<void>;
  /** Starts it again on the same port and files; resolves when it has read them. */
  restart(): Promise<void>;
  /** Freezes it: connections stay open, nothing is answered. */
  pause(): void;
  resume(): void;
}

interface StartOptions {
  /** `always` for tests that kill it and count what was confirmed. */
  readonly appendfsync?: 'always' | 'everysec' | 'no';
  readonly maxmemoryPolicy?: string;
}

/** A real Redis of the test's own, on a free port, with an append-only file in a folder of its own. */
export async function startRedis(options: StartOptions = {}): Promise<TestRedis> {
  const { appendfsync = 'everysec', maxmemoryPolicy = 'noeviction' } = options;
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-redis-'));
  const redis = await RedisProcess.create(await freePort(), {
    dir: folder,
    appendfsync,
    'maxmemory-policy': maxmemoryPolicy,
  });
  const url = `redis://127.0.0.1:${redis.port}`;
  return {
    url,
    env: { REDIS_URL: url },
    port: redis.port,
    stop: async () => {
      await redis.end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
    kill: () => redis.end('SIGKILL'),
    restart: () => redis.start(),
    pause: () => redis.signal('SIGSTOP'),
    resume: () => redis.signal('SIGCONT'),
  };
}

/** One redis-server; ended with the test run at the latest. */
export class RedisProcess {
  readonly port: number;
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;

  /** A Redis that keeps its data; settings as in redis.conf. */
  static async create(
    port: number,
    settings: Readonly<Record<string, string>>,
  ): Promise<RedisProcess> {
    const all = { appendonly: 'yes', save: '', ...settings };
    const redis = new RedisProcess(
      port,
      Object.entries(all).flatMap(([k, v]) => [`--${k}`, v]),
    );
    await redis.start();
    return redis;
  }

  constructor(port: number, args: readonly string[]) {
    this.port = port;
    this.#args = [...args, '--port', String(port), '--bind', '127.0.0.1'];
  }

  /** Starts it, or starts it again; resolves when it has read its files and answers. */
  async start(): Promise<void> {
    const child = spawn('redis-server', this.#args, { stdio: 'ignore' });
    this.#child = child;
    const orphan = () => child.kill('SIGKILL');
    process.once('exit', orphan);
    child.once('exit', () => process.off('exit', orphan));
    await once(child, 'spawn');
    await until(() => answers(this.port), { what: 'redis-server answers', timeoutMs: 15_000 });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Resolves when it is gone. Idempotent. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    await gone;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port given');
  return address.port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => end(String(data).startsWith('+PONG')));
    socket.once('error', () => end(false));
  });
}
