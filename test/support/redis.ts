import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

export interface TestRedis {
  readonly url: string;
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
  const port = await freePort();
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    appendonly: 'yes',
    appendfsync,
    save: '',
    'maxmemory-policy': maxmemoryPolicy,
  };
  const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]);
  let child: ChildProcess;
  const start = async () => {
    child = spawn('redis-server', args, { stdio: 'ignore' });
    const orphan = () => child.kill('SIGKILL');
    process.once('exit', orphan);
    child.once('exit', () => process.off('exit', orphan));
    await once(child, 'spawn');
    await until(() => answers(port), { what: 'redis-server answers', timeoutMs: 15_000 });
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    await gone;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    stop: async () => {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
    kill: () => end('SIGKILL'),
    restart: start,
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
  };
}

async function freePort(): Promise<number> {
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
