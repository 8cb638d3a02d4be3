import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { within } from '../../server/journal/sentinels.ts';
import { freePort, RedisProcess, type TestRedis } from './redis.ts';
import { until } from './until.ts';

/**
 * One primary, two replicas and three sentinels. As a `TestRedis` it is its primary: `kill` and
 * `pause` are about the present one, `restart` and `resume` about the one they were done to.
 */
export interface TestSentinels extends TestRedis {
  /** `host:port` of each sentinel. */
  readonly sentinels: readonly string[];
  readonly primary: RedisProcess;
  readonly replicas: readonly RedisProcess[];
  /** The ends of all logs. */
  logs(): Promise<string>;
  /** Waits until the sentinels have put another in the primary's place, which is it from now on. */
  promoted(): Promise<void>;
  /** Waits until a Redis follows the present primary. */
  follows(redis: RedisProcess): Promise<void>;
}

export interface SentinelOptions {
  readonly downAfterMs?: number;
  readonly appendfsync?: 'always' | 'everysec';
  /** Of `min-replicas-to-write`; 0 makes an installation that loses events. */
  readonly minReplicas?: number;
}

const masterName = 'mymaster';

/** All of it on free ports and in a folder of its own; ready when every sentinel knows all. */
export async function startSentinels(options: SentinelOptions = {}): Promise<TestSentinels> {
  const { downAfterMs = 1_500, appendfsync = 'everysec', minReplicas = 1 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-sentinel-'));
  const started: RedisProcess[] = [];
  const startOne = async (name: string, settings: Record<string, string>) => {
    const dir = join(folder, name);
    await mkdir(dir);
    const redis = await RedisProcess.create(await freePort(), {
      dir,
      logfile: join(folder, `${name}.log`),
      appendfsync,
      'maxmemory-policy': 'noeviction',
      'min-replicas-to-write': String(minReplicas),
      'min-replicas-max-lag': '2',
      'repl-diskless-sync-delay': '0',
      ...settings,
    });
    started.push(redis);
    return redis;
  };
  const startSentinel = async (name: string, primaryPort: number) => {
    const file = join(folder, `${name}.conf`);
    const lines = [
      `dir ${folder}`,
      `logfile ${join(folder, `${name}.log`)}`,
      `sentinel monitor ${masterName} 127.0.0.1 ${primaryPort} 2`,
      `sentinel down-after-milliseconds ${masterName} ${downAfterMs}`,
      `sentinel failover-timeout ${masterName} 5000`,
      `sentinel parallel-syncs ${masterName} 2`,
    ];
    await writeFile(file, lines.map((line) => `${line}\n`).join(''));
    const sentinel = new RedisProcess(await freePort(), [file, '--sentinel']);
    started.push(sentinel);
    await sentinel.start();
    return sentinel;
  };
  const stop = async () => {
    await Promise.all(started.map((each) => each.end('SIGKILL')));
    // A Redis that was just writing a copy for a replica may leave one more file.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const first = await startOne('redis-1', {});
    const replicaof = `127.0.0.1 ${first.port}`;
    const others = [
      await startOne('redis-2', { replicaof }),
      await startOne('redis-3', { replicaof }),
    ];
    const all = [first, ...others];
    const sentinels = await Promise.all(
      ['sentinel-1', 'sentinel-2', 'sentinel-3'].map((name) => startSentinel(name, first.port)),
    );
    await until(
      async () => {
        const known = await Promise.all(
          sentinels.map((s) => ask(s, 'SENTINEL', 'MASTER', masterName)),
        );
        return known.every((k) => k['num-slaves'] === '2' && k['num-other-sentinels'] === '2');
      },
      { what: 'the sentinels to know all', timeoutMs: 20_000 },
    );
    let primary = first;
    let treated = first;
    const at = sentinels.map(({ port }) => `127.0.0.1:${port}`);
    /** The one that all sentinels name, if it agrees. They may change their mind once more. */
    const named = async () => {
      const said = await Promise.all(
        sentinels.map((s) => ask(s, 'SENTINEL', 'MASTER', masterName)),
      );
      const found = all.find((r) => said.every(({ port }) => port === String(r.port)));
      return found && (await info(found)).role === 'master' ? found : undefined;
    };
    const follows = async (redis: RedisProcess) => {
      await until(
        async () => {
          primary = (await named()) ?? primary;
          const { role, master_port: port, master_link_status: link } = await info(redis);
          return role === 'slave' && port === String(primary.port) && link === 'up';
        },
        { what: `redis ${redis.port} to follow`, timeoutMs: 40_000 },
      );
    };
    await Promise.all(others.map(follows));
    return {
      get url() {
        return `redis://127.0.0.1:${primary.port}`;
      },
      get port() {
        return primary.port;
      },
      get primary() {
        return primary;
      },
      get replicas() {
        return all.filter((redis) => redis !== primary);
      },
      // An empty REDIS_URL counts as none.
      env: { REDIS_URL: '', REDIS_SENTINELS: at.join(','), REDIS_MASTER: masterName },
      sentinels: at,
      stop,
      logs: async () => {
        const names = (await readdir(folder)).filter((name) => name.endsWith('.log')).sort();
        const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
        return names.map((name, i) => `===== ${name}\n${texts[i]?.slice(-4_000)}`).join('\n');
      },
      kill: () => {
        treated = primary;
        return primary.end('SIGKILL');
      },
      restart: () => treated.start(),
      pause: () => {
        treated = primary;
        primary.signal('SIGSTOP');
      },
      resume: () => treated.signal('SIGCONT'),
      follows,
      promoted: async () => {
        const before = primary;
        primary = await until(
          async () => {
            const found = await named();
            return found === before ? undefined : found;
          },
          { what: 'another primary', timeoutMs: 30_000 },
        );
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Asks on a connection of its own; a flat list of names and values becomes a map. */
async function ask(
  { port }: RedisProcess,
  ...command: string[]
): Promise<Readonly<Record<string, string>>> {
  const client = createClient({ RESP: 2, socket: { port, reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  try {
    const flat = (await client.sendCommand(command)) as unknown as readonly string[];
    return Object.fromEntries(flat.flatMap((v, i) => (i % 2 ? [] : [[v, flat[i + 1] ?? '']])));
  } finally {
    client.destroy();
  }
}

/** What a Redis says of its part in replication. @throws Error when it is frozen. */
async function info({ port }: RedisProcess): Promise<Readonly<Record<string, string>>> {
  const client = createClient({ socket: { port, reconnectStrategy: false } });
  client.on('error', () => {});
  try {
    const text = await within(
      1_000,
      client.connect().then(() => client.info('replication')),
    );
    return Object.fromEntries(
      text.split('\r\n').map((line) => line.split(':') as [string, string]),
    );
  } finally {
    client.destroy();
  }
}
