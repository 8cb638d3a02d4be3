import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ensureProgram } from './setupDebian.ts';
import type { Say } from './setupProgress.ts';

/** Gives the path of a redis-server program, installing Debian's where there is none. */
export function ensureRedisServer(say: Say): Promise<string> {
  return ensureProgram({ program: 'redis-server', packages: ['redis-server'], say });
}

type RedisPlan = {
  /** Path of the redis-server program. */
  program: string;
  /** Folder for its data; made if missing. */
  folder: string;
  port: number;
};

/**
 * How to run a Redis of our own: loopback only; every write on the disk before it is answered
 * (with `everysec`, while the disk is busy, the end of the process alone loses answered ones); and
 * never evicting, which the journal and BullMQ both need. The shell in front makes Redis end in
 * good order when its standard input closes, that is when whoever started it has gone; Redis
 * itself has no such watch.
 */
export async function redisCommand({ program, folder, port }: RedisPlan) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const configPath = join(folder, 'redis.conf');
  const settings = {
    port,
    bind: '127.0.0.1',
    'protected-mode': 'yes',
    dir: JSON.stringify(folder),
    pidfile: JSON.stringify(pidPath(folder)),
    appendonly: 'yes',
    appendfsync: 'always',
    save: '""',
    'maxmemory-policy': 'noeviction',
    logfile: '""',
    daemonize: 'no',
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} ${value}\n`);
  await writeFile(configPath, lines.join(''), { mode: 0o600 });
  const watch = [
    'exec 3<&0',
    '"$1" "$2" </dev/null 3<&- & redis=$!',
    // The signal to the shell itself is passed on in the same way.
    'trap "kill -TERM $redis 2>/dev/null" TERM INT HUP',
    '(cat <&3 >/dev/null; kill -TERM $redis 2>/dev/null) & watcher=$!',
    'exec 3<&-',
    'wait $redis; code=$?',
    // A trapped signal ends the first wait early, so wait for the end proper.
    'while kill -0 $redis 2>/dev/null; do wait $redis; code=$?; done',
    'kill $watcher 2>/dev/null; exit $code',
  ].join('\n');
  return { command: '/bin/sh', args: ['-c', watch, 'redis', program, configPath] };
}

/**
 * The address of the Redis that `npm start` runs on this data folder.
 * @throws Error when there never was one.
 */
export async function ownRedisUrl(dataDir: string): Promise<string> {
  const config = await readFile(join(dataDir, 'redis', 'redis.conf'), 'utf8');
  return `redis://127.0.0.1:${/^port (\d+)$/m.exec(config)?.[1]}`;
}

const pidPath = (folder: string) => join(folder, 'redis.pid');

/**
 * Ends a Redis that an earlier run left on this folder: two on one append-only file destroy it.
 * A process that merely has the same number now is left alone.
 */
export async function endLeftoverRedis(folder: string): Promise<void> {
  const pid = Number(await readFile(pidPath(folder), 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 1) return;
  const isRedis = async () =>
    (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes('redis-server');
  const deadline = performance.now() + leftoverEndMs;
  while (await isRedis()) {
    if (performance.now() > deadline) throw new Error(`Redis ${pid} on ${folder} does not end.`);
    process.kill(pid, 'SIGTERM');
    await pause(100);
  }
}

const leftoverEndMs = 10_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits until Redis on a loopback port has read its data and answers.
 * @throws Error when it has not after a minute, with its last answer.
 */
export async function redisReady(port: number, say: Say): Promise<void> {
  const deadline = performance.now() + 60_000;
  let answer = 'no answer';
  while (performance.now() < deadline) {
    answer = await ping(port);
    if (answer.startsWith('+PONG')) return;
    say(answer.startsWith('-LOADING') ? 'reading its data' : 'starting');
    await pause(20);
  }
  throw new Error(`Redis on port ${port} is not ready after a minute: ${answer.trim()}`);
}

function ping(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (answer: string) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => end('no answer'));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => end(String(data)));
    socket.once('error', (error) => end(error.message));
  });
}
