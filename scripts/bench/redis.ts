import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from 'redis';
import { freePorts } from '../startPlan.ts';
import { BenchProcess } from './clusterProcess.ts';
import { pause } from './figures.ts';
import { answersPing } from './redisPing.ts';

/** The journal's Redis, as a bench kills it. */
export interface BenchRedis {
  /** Of the one that was first; for those who look past the servers. */
  readonly url: string;
  /** What servers are told of it. */
  readonly env: Readonly<Record<string, string>>;
  readonly processes: readonly BenchProcess[];
  start(): Promise<void>;
  /** `kill -9` of the one that is written to. */
  kill(): Promise<void>;
  /** Starts the killed one again; resolves when it answers PING, and follows where it is to. */
  revive(): Promise<void>;
}

interface Options {
  readonly program: string;
  readonly folder: string;
}

const masterName = 'mymaster';
const sentinelDownAfterMs = 1_000;
const patience = 30_000;

async function redisProcess(
  { program, folder }: Options,
  o: { name: string; port: number; settings?: Readonly<Record<string, string>> },
): Promise<BenchProcess> {
  const dir = join(folder, o.name);
  await mkdir(dir, { recursive: true });
  const settings = {
    port: String(o.port),
    bind: '127.0.0.1',
    dir,
    appendonly: 'yes',
    // Nothing is confirmed before it is on the disk.
    appendfsync: 'always',
    save: '',
    'maxmemory-policy': 'noeviction',
    ...o.settings,
  };
  return new BenchProcess({
    name: o.name,
    command: program,
    args: Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]),
    env: {},
    cwd: dir,
    ready: () => answersPing(o.port),
  });
}

export async function singleRedis(options: Options): Promise<BenchRedis> {
  const [port = 0] = await freePorts(1);
  const redis = await redisProcess(options, { name: 'redis', port });
  const url = `redis://127.0.0.1:${port}`;
  return {
    url,
    env: { REDIS_URL: url },
    processes: [redis],
    start: () => redis.start(),
    kill: () => killed(redis),
    revive: () => redis.start(),
  };
}

async function killed(redis: BenchProcess): Promise<void> {
  redis.signal('SIGKILL');
  await redis.gone;
}

/** One primary, two replicas and three sentinels. */
export async function sentinelRedis(options: Options): Promise<BenchRedis> {
  const ports = await freePorts(6);
  const [first = 0, ...replicas] = ports.slice(0, 3);
  const sentinelPorts = ports.slice(3);
  const common = {
    'min-replicas-to-write': '1',
    'min-replicas-max-lag': '2',
    'repl-diskless-sync-delay': '0',
  };
  const named = new Map<number, BenchProcess>();
  for (const port of [first, ...replicas]) {
    const replicaof = port === first ? {} : { replicaof: `127.0.0.1 ${first}` };
    const settings = { ...common, ...replicaof };
    named.set(port, await redisProcess(options, { name: `redis-${port}`, port, settings }));
  }
  const sentinels: BenchProcess[] = [];
  for (const port of sentinelPorts) {
    const file = join(options.folder, `sentinel-${port}.conf`);
    const lines = [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${options.folder}`,
      `sentinel monitor ${masterName} 127.0.0.1 ${first} 2`,
      `sentinel down-after-milliseconds ${masterName} ${sentinelDownAfterMs}`,
      `sentinel failover-timeout ${masterName} 5000`,
      `sentinel parallel-syncs ${masterName} 2`,
    ];
    await writeFile(file, lines.map((line) => `${line}\n`).join(''));
    sentinels.push(
      new BenchProcess({
        name: `sentinel-${port}`,
        command: options.program,
        args: [file, '--sentinel'],
        env: {},
        cwd: options.folder,
        ready: () => answersPing(port),
      }),
    );
  }
  const firstSentinel = sentinelPorts[0] ?? 0;
  const primary = async (): Promise<number> => {
    const [, port] = await ask(firstSentinel, ['SENTINEL', 'get-master-addr-by-name', masterName]);
    return Number(port);
  };
  const follows = (port: number) => async () => {
    const text = String(await ask(port, ['INFO', 'replication']));
    return text.includes('role:slave') && text.includes('master_link_status:up');
  };
  /** Each sentinel knows the two others and both replicas: else it could not agree with anybody. */
  const known = async () => {
    for (const port of sentinelPorts) {
      const answer = await ask(port, ['SENTINEL', 'MASTER', masterName]);
      const of = (name: string) => String(answer[answer.indexOf(name) + 1]);
      if (of('num-slaves') !== '2' || of('num-other-sentinels') !== '2') return false;
    }
    return true;
  };
  let dead = first;
  return {
    url: `redis://127.0.0.1:${first}`,
    env: {
      REDIS_URL: '',
      REDIS_SENTINELS: sentinelPorts.map((port) => `127.0.0.1:${port}`).join(','),
      REDIS_MASTER: masterName,
    },
    processes: [...sentinels, ...named.values()],
    start: async () => {
      for (const redis of named.values()) await redis.start();
      for (const sentinel of sentinels) await sentinel.start();
      for (const port of replicas) await waitFor(follows(port), `redis ${port} to follow`);
      await waitFor(known, 'the sentinels to know all');
    },
    kill: async () => {
      dead = await primary();
      const redis = named.get(dead);
      if (!redis) throw new Error(`no redis on port ${dead}`);
      await killed(redis);
    },
    revive: async () => {
      await named.get(dead)?.start();
      await waitFor(follows(dead), `redis ${dead} to follow`);
      await waitFor(known, 'the sentinels to know all');
    },
  };
}

async function waitFor(condition: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await condition().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await pause(50);
  }
}

async function ask(port: number, words: readonly string[]): Promise<readonly unknown[] | string> {
  const client = createClient({ socket: { port, host: '127.0.0.1', reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.sendCommand([...words])) as unknown as readonly unknown[] | string;
  } finally {
    client.destroy();
  }
}
