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
const patience = 60_000;

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
  // A file, so that it remembers whom it follows when sentinels have told it so.
  const file = join(dir, 'redis.conf');
  const lines = Object.entries(settings).map(([key, value]) => `${key} ${value || '""'}\n`);
  await writeFile(file, lines.join(''));
  return new BenchProcess({
    name: o.name,
    command: program,
    args: [file],
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
    const words = ['SENTINEL', 'get-master-addr-by-name', masterName];
    const [, port] = (await ask(firstSentinel, words)) as readonly string[];
    return Number(port);
  };
  /** One is written to, and the others follow it. */
  const settled = async () => {
    const written = await primary();
    for (const port of named.keys()) {
      const text = String(await ask(port, ['INFO', 'replication']));
      const follows = [`master_port:${written}\r`, 'master_link_status:up'];
      const wanted = port === written ? ['role:master'] : follows;
      if (!wanted.every((line) => text.includes(line))) return false;
    }
    return true;
  };
  /** Each sentinel knows the two others and both replicas: else it could not agree with anybody. */
  const known = async () => {
    for (const port of sentinelPorts) {
      const answer = await ask(port, ['SENTINEL', 'MASTER', masterName]);
      const of = answer as Readonly<Record<string, string>>;
      if (of['num-slaves'] !== '2' || of['num-other-sentinels'] !== '2') return false;
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
      await waitFor(settled, 'the replicas to follow');
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
      await waitFor(settled, `redis ${dead} to follow`);
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

async function ask(port: number, words: readonly string[]): Promise<unknown> {
  const client = createClient({
    // In the third version of the protocol a table comes as an object.
    RESP: 3,
    socket: { port, host: '127.0.0.1', reconnectStrategy: false },
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await client.sendCommand([...words]);
  } finally {
    client.destroy();
  }
}
