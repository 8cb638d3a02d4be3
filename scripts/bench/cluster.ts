import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBriefing } from '../../config/briefing.ts';
import { loadConfig } from '../../config/load.ts';
import { pageUrl, signPass } from '../../server/gateway/identity.ts';
import { ensureRedisServer } from '../redis.ts';
import { ensureClient } from '../setupClient.ts';
import { ensureSecret, freePorts, servicePlan } from '../startPlan.ts';
import { ensureWorker } from '../worker.ts';
import { BenchProcess } from './clusterProcess.ts';
import type { BenchContext } from './figures.ts';
import { portsInARow } from './ports.ts';
import { ServersProxy } from './proxy.ts';
import { type BenchRedis, sentinelRedis, singleRedis } from './redis.ts';
import type { BenchSystem } from './system.ts';

/** A system whose processes a bench may kill, behind one address; `urls` is that address alone. */
export interface BenchCluster extends BenchSystem {
  readonly redis: BenchRedis;
  readonly servers: readonly BenchProcess[];
  readonly nodes: readonly BenchProcess[];
  readonly proxy: ServersProxy;
}

const serverCount = 2;
const nodeCount = 2;

export interface ClusterWishes {
  /** Three Redis under three sentinels instead of one alone. */
  readonly sentinels: boolean;
}

/** Two servers, two media nodes and a Redis that confirms nothing before it is on the disk. */
export async function openCluster(
  context: BenchContext,
  wishes: ClusterWishes,
): Promise<BenchCluster> {
  const { root, note } = context;
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-bench-'));
  context.cleanUp(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'config.yaml');
  const written = {
    dataDir: join(folder, 'data'),
    serverNodes: serverCount,
    // A bench is one impatient person at many keyboards.
    limits: { commandsPerSecond: 100_000 },
    lineCheck: { atJoin: false },
    logLevel: 'warn',
  };
  // JSON is YAML.
  await writeFile(file, JSON.stringify(written));
  const config = loadConfig({ file, env: {}, root });
  await ensureSecret(config);
  const [program, workerPath, ports, mediaPorts] = await Promise.all([
    ensureRedisServer(note),
    ensureWorker({ root, log: note }),
    freePorts(serverCount + nodeCount),
    portsInARow({ count: nodeCount, from: 20_000, kind: 'udp' }),
    ensureClient({ root, say: note }),
  ]);
  const serverPorts = ports.slice(0, serverCount);
  const processes: BenchProcess[] = [];
  context.cleanUp(async () => {
    // Servers go first, so that none sees its nodes or its journal vanish; Redis goes last.
    for (const p of processes.toReversed()) await p.close();
  });
  const make = (plan: ConstructorParameters<typeof BenchProcess>[0]): BenchProcess => {
    const made = new BenchProcess(plan);
    processes.push(made);
    return made;
  };
  const redis = await (wishes.sentinels ? sentinelRedis : singleRedis)({ program, folder });
  processes.push(...redis.processes);
  // The very plan of the start script; only ports differ.
  const plan = servicePlan({
    root,
    config,
    redisUrl: redis.url,
    workerPath,
    controlPorts: ports.slice(serverCount),
  });
  const env = {
    DIEMCAU_CONFIG: file,
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
  };
  const service = (s: (typeof plan.nodes)[number], own: Record<string, string>, health: string) =>
    make({
      name: s.name,
      command: process.execPath,
      args: s.args,
      env: { ...s.env, ...env, ...own },
      cwd: root,
      ready: async () => (await fetch(health, { signal: AbortSignal.timeout(2_000) })).ok,
    });
  const nodes = plan.nodes.map((s, i) =>
    service(s, { SFU_RTC_PORT: String(mediaPorts[i]) }, s.healthUrl),
  );
  const servers = plan.servers.map((s, i) =>
    service(
      s,
      { ...redis.env, PORT: String(serverPorts[i]) },
      `http://127.0.0.1:${serverPorts[i]}/healthz`,
    ),
  );
  await redis.start();
  await Promise.all([...nodes, ...servers].map((p) => p.start()));
  const proxy = await ServersProxy.create(serverPorts);
  context.cleanUp(() => proxy.close());
  const secret = new Uint8Array(await readFile(config.secretFile));
  const pass: BenchSystem['pass'] = (role, seat) =>
    signPass({ secret, briefing: config.briefing, role, seat: seat ?? null });
  return {
    urls: [proxy.url],
    redisUrl: redis.url,
    points: loadBriefing(config.briefing).points,
    pass,
    link: async (role, seat) => pageUrl({ base: proxy.url, role, pass: await pass(role, seat) }),
    redis,
    servers,
    nodes,
    proxy,
    close: async () => {},
  };
}
