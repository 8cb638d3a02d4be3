import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBriefing } from '../../config/briefing.ts';
import { loadConfig } from '../../config/load.ts';
import { ensureSecret, freePorts, servicePlan } from '../../scripts/startPlan.ts';
import { ensureWorker } from '../../scripts/worker.ts';
import { type PageRole, pageUrl, signPass } from '../../server/gateway/identity.ts';
import { ClusterProcess } from './clusterProcess.ts';
import { startRedis, type TestRedis } from './redis.ts';
import { type SentinelOptions, startSentinels, type TestSentinels } from './sentinel.ts';

const root = join(import.meta.dirname, '..', '..');

export interface ClusterOptions {
  readonly servers?: number;
  readonly nodes?: number;
  /** `always` for tests that kill Redis and count what was confirmed. */
  readonly appendfsync?: 'always' | 'everysec';
  /** On a primary with replicas and sentinels, instead of one Redis. */
  readonly sentinels?: SentinelOptions;
  /** Laid over what tests use; the same keys as in config/example.yaml. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Logs are read by people when a test fails; two cores have better things to do than debug lines. */
const testConfig = { logLevel: 'info', lineCheck: { atJoin: false } };

/** A whole installation of real processes on free ports, in a folder of its own. */
export class Cluster {
  readonly redis: TestRedis;
  readonly briefing: string;
  /** The seat of the chair point. */
  readonly chairSeat: string;
  /** The other seats, in protocol order. */
  readonly seats: readonly string[];
  readonly #parts: Parts;

  static async create(options: ClusterOptions = {}): Promise<Cluster> {
    const folder = await mkdtemp(join(tmpdir(), 'diemcau-cluster-'));
    const { appendfsync = 'everysec', sentinels } = options;
    const redis = await (sentinels
      ? startSentinels({ appendfsync, ...sentinels })
      : startRedis({ appendfsync }));
    const running: ClusterProcess[] = [];
    try {
      return new Cluster(await startAll({ folder, redis, running, options }));
    } catch (error) {
      await Promise.all(running.map((p) => p.kill()));
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  constructor(parts: Parts) {
    this.#parts = parts;
    this.redis = parts.redis;
    this.briefing = parts.briefing;
    const { points } = loadBriefing(parts.briefing);
    this.chairSeat = points.chair.id;
    this.seats = points.points.map((p) => p.id);
  }

  /** The same Redis as `redis`, of a cluster that was started with sentinels. */
  get sentinels(): TestSentinels {
    const { redis } = this;
    if (!('sentinels' in redis)) throw new Error('the cluster runs on one Redis');
    return redis as TestSentinels;
  }

  server(index: number): ClusterProcess {
    return this.#parts.servers[index] ?? missing('server', index);
  }

  node(index: number): ClusterProcess {
    return this.#parts.nodes[index] ?? missing('node', index);
  }

  /** By the id that pages and reports know it by, as in `sfu-1`. */
  nodeNamed(name: string): ClusterProcess {
    const found = this.#parts.nodes.find((n) => n.name === name);
    if (!found) throw new Error(`no node ${name}`);
    return found;
  }

  port(server: number): number {
    return this.#parts.ports[server] ?? missing('server', server);
  }

  /** `http://localhost:<port>`: browsers give a camera to localhost alone. */
  url(server = 0): string {
    return `http://localhost:${this.port(server)}`;
  }

  /** Where its media nodes take sites' media: UDP and TCP. */
  get rtcPorts(): readonly number[] {
    return this.#parts.rtcPorts;
  }

  /** For its own briefing, unless another is named. */
  pass(
    role: PageRole,
    seat: string | null = null,
    briefing = this.#parts.briefing,
  ): Promise<string> {
    const { secret } = this.#parts;
    const sits = role === 'chair' ? this.chairSeat : seat;
    return signPass({ secret, briefing, role, seat: sits });
  }

  /** The signed link that a person opens. */
  async link(role: PageRole, seat: string | null = null, base = this.url()): Promise<string> {
    return pageUrl({ base, role, pass: await this.pass(role, seat) });
  }

  /** What is kept on disk: `dataDir`. */
  get folder(): string {
    return this.#parts.folder;
  }

  /** The installation's secret, for tests that forge with it or around it. */
  get secret(): Uint8Array {
    return this.#parts.secret;
  }

  /** Servers, then media nodes. */
  get processes(): readonly ClusterProcess[] {
    return [...this.#parts.servers, ...this.#parts.nodes];
  }

  get healthUrls(): readonly string[] {
    return this.processes.map((p) => p.healthUrl);
  }

  /** The ends of all logs. */
  get logs(): string {
    return this.processes
      .map((p) => `===== ${p.name} (pid ${p.pid ?? 'gone'})\n${p.output.slice(-6_000)}`)
      .join('\n');
  }

  /** Ends every process and removes the folder; safe to repeat. */
  async close(): Promise<void> {
    const { servers, nodes, redis, folder } = this.#parts;
    // Nodes would wait for servers to move their seats.
    await Promise.all(servers.map((p) => p.close()));
    await Promise.all(nodes.map((p) => p.close()));
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Parts {
  readonly folder: string;
  readonly briefing: string;
  readonly secret: Uint8Array;
  readonly redis: TestRedis;
  readonly nodes: readonly ClusterProcess[];
  readonly servers: readonly ClusterProcess[];
  readonly ports: readonly number[];
  readonly rtcPorts: readonly number[];
}

interface Start extends Pick<Parts, 'folder' | 'redis'> {
  /** Gets every process as it is started, so that a start that fails can be undone. */
  readonly running: ClusterProcess[];
  readonly options: ClusterOptions;
}

async function startAll({ folder, redis, running, options }: Start): Promise<Parts> {
  const { servers: serverCount = 1, nodes: nodeCount = 2 } = options;
  const file = join(folder, 'config.yaml');
  // JSON is YAML too.
  await writeFile(file, JSON.stringify({ ...testConfig, ...options.config, dataDir: folder }));
  const config = loadConfig({ file, env: {}, root });
  await ensureSecret(config);
  const [workerPath, ports] = await Promise.all([
    ensureWorker({ root, log: () => {} }),
    freePorts(serverCount + 2 * nodeCount),
  ]);
  const serverPorts = ports.slice(0, serverCount);
  const controlPorts = ports.slice(serverCount, serverCount + nodeCount);
  const rtcPorts = ports.slice(serverCount + nodeCount);

  const begin = async (plan: Parameters<typeof ClusterProcess.create>[0]) => {
    const process = new ClusterProcess(plan);
    running.push(process);
    await process.start();
    return process;
  };
  // The very plan of the start script; only ports differ, since it takes neighbours of one base.
  const plan = servicePlan({
    root,
    config: { ...config, serverNodes: serverCount },
    redisUrl: redis.url,
    workerPath,
    controlPorts,
  });
  const nodes = plan.nodes.map(({ name, args, env, healthUrl }, i) => ({
    name,
    command: process.execPath,
    args,
    env: { ...env, DIEMCAU_CONFIG: file, SFU_RTC_PORT: String(rtcPorts[i]) },
    cwd: root,
    healthUrl,
  }));
  const servers = plan.servers.map(({ name, args, env }, i) => ({
    name,
    command: process.execPath,
    args,
    env: { ...env, ...redis.env, DIEMCAU_CONFIG: file, PORT: String(serverPorts[i]) },
    cwd: root,
    healthUrl: `http://127.0.0.1:${serverPorts[i]}/healthz`,
  }));
  const [startedNodes, startedServers] = await Promise.all([
    Promise.all(nodes.map(begin)),
    Promise.all(servers.map(begin)),
  ]);
  return {
    folder,
    briefing: config.briefing,
    secret: new Uint8Array(await readFile(config.secretFile)),
    redis,
    nodes: startedNodes,
    servers: startedServers,
    ports: serverPorts,
    rtcPorts,
  };
}

function missing(what: string, index: number): never {
  throw new Error(`the cluster has no ${what} ${index}`);
}
