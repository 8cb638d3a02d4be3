import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import { endLeftoverRedis, ensureRedisServer, redisCommand, redisReady } from './redis.ts';
import { ensureClient } from './setupClient.ts';
import { allEnded, type Progress, type Say } from './setupProgress.ts';
import { lockDataFolder } from './startLock.ts';
import {
  ensureSecret,
  freePorts,
  needPort,
  rtcPort,
  type Service,
  serverPorts,
  servicePlan,
} from './startPlan.ts';
import { type ProcessOptions, StartedProcess } from './startProcess.ts';
import { ensureWorker } from './worker.ts';

type SystemOptions = { root: string; config: Config; progress: Progress };

type Group = 'redis' | 'nodes' | 'servers';

/** Servers go first, so that none sees its nodes or its journal vanish; Redis goes last. */
const closingOrder: readonly Group[] = ['servers', 'nodes', 'redis'];

/** How long a process may take until it answers that it can do its work, in milliseconds. */
const readyWithinMs = 60_000;
const healthPollMs = 25;

/** Every process of an installation on this machine: Redis, media nodes and servers. */
export class System {
  readonly #options: SystemOptions;
  readonly #processes: Record<Group, StartedProcess[]> = { redis: [], nodes: [], servers: [] };
  readonly #startFailed = Promise.withResolvers<never>();
  #unlock = async () => {};
  #closing: Promise<void> | undefined;

  constructor(options: SystemOptions) {
    this.#options = options;
    // After start-up nobody waits for this any more, and a later death is mended, not reported.
    this.#startFailed.promise.catch(() => {});
  }

  /**
   * Brings what is missing on this machine, starts everything and waits until it is ready.
   * @throws Error in words for a person: a port that is taken, or the log of a process that died.
   */
  async start(): Promise<void> {
    const { root, config, progress } = this.#options;
    this.#unlock = await lockDataFolder(config.dataDir);
    // Media nodes that are named in the configuration run elsewhere; then none are started here.
    const nodeCount = config.nodes.length > 0 ? 0 : config.sfuNodes;
    await this.#prepareFolders(nodeCount);
    const [redisUrl, workerPath, controlPorts] = await allEnded([
      this.#startRedis(),
      progress.run('media worker', (say) => ensureWorker({ root, log: say })),
      freePorts(nodeCount),
      progress.run('pages', (say) => ensureClient({ root, say })),
    ]);
    const plan = servicePlan({ root, config, redisUrl, workerPath, controlPorts });
    await Promise.all([
      ...plan.nodes.map((service) => this.#startService('nodes', service)),
      ...plan.servers.map((service) => this.#startService('servers', service)),
    ]);
  }

  /** Ends every process that was started, in order, and gives the data folder free. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    for (const group of closingOrder) {
      await Promise.all(this.#processes[group].map((process) => process.close()));
    }
    await this.#unlock();
  }

  async #prepareFolders(nodeCount: number): Promise<void> {
    const { config } = this.#options;
    const { host, rtc } = config;
    const rtcPorts = Array.from({ length: nodeCount }, (_, index) => rtcPort(config, index));
    await Promise.all([
      mkdir(this.#logFolder, { recursive: true }),
      ensureSecret(config),
      ...serverPorts(config).map((port) =>
        needPort({ port, host, protocols: ['tcp'], setting: 'PORT' }),
      ),
      ...rtcPorts.map((port) =>
        needPort({
          port,
          host: rtc.listenIp,
          protocols: ['tcp', 'udp'],
          setting: 'RTC_BASE_PORT',
        }),
      ),
    ]);
  }

  get #logFolder(): string {
    return join(this.#options.config.dataDir, 'logs');
  }

  /**
   * The address of the configured Redis, or of our own, which is then started; undefined where
   * servers ask sentinels for it.
   */
  async #startRedis(): Promise<string | undefined> {
    const { config, progress } = this.#options;
    if (config.redisUrl || config.redis.sentinels.length > 0) return config.redisUrl?.reveal();
    const folder = join(config.dataDir, 'redis');
    return progress.run('Redis', async (say) => {
      const program = await ensureRedisServer(say);
      await endLeftoverRedis(folder);
      const [port = 0] = await freePorts(1);
      const command = await redisCommand({ program, folder, port });
      await this.#run('redis', { name: 'redis', ...command, env: {} });
      await Promise.race([redisReady(port, say), this.#startFailed.promise]);
      say(`127.0.0.1:${port}, data in ${folder}`);
      return `redis://127.0.0.1:${port}`;
    });
  }

  #startService(group: Group, { name, args, env, healthUrl }: Service): Promise<void> {
    const { root, progress } = this.#options;
    return progress.run(name, async (say) => {
      // Keeps TypeScript that was stripped and compiled once: 40 % of a server's work at start.
      const NODE_COMPILE_CACHE = join(root, 'node_modules', '.cache', 'node');
      const options = {
        name,
        command: process.execPath,
        args,
        env: { ...env, NODE_COMPILE_CACHE },
      };
      await this.#run(group, options);
      await Promise.race([this.#healthy(healthUrl, say), this.#startFailed.promise]);
      say(`its log is ${join(this.#logFolder, `${name}.log`)}`);
    });
  }

  async #run(
    group: Group,
    options: Pick<ProcessOptions, 'name' | 'command' | 'args' | 'env'>,
  ): Promise<void> {
    // Ctrl-C may come while things are being started; nothing may be started after it.
    if (this.#closing) return;
    const { root, progress } = this.#options;
    const started = await StartedProcess.create({
      ...options,
      cwd: root,
      logFolder: this.#logFolder,
      note: (line) => progress.note(line),
    });
    this.#processes[group].push(started);
    if (this.#closing) await started.close();
    started.firstDeath.then(async (why) =>
      this.#startFailed.reject(
        new Error(`${started.name} ended (${why}). Its log ends so:\n${await started.logTail()}`),
      ),
    );
  }

  async #healthy(url: string, say: Say): Promise<void> {
    const deadline = performance.now() + readyWithinMs;
    let last = 'no answer';
    while (performance.now() < deadline && !this.#closing) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
      if (answer?.ok) return;
      if (answer) {
        last = waitingFor(await answer.text());
        say(last);
      }
      await new Promise((resolve) => setTimeout(resolve, healthPollMs));
    }
    throw new Error(`${url} is not ready after ${readyWithinMs / 1000} s: ${last}`);
  }
}

/** Both kinds of process say what they wait for as `{"waitingFor": ["…"]}`. */
function waitingFor(body: string): string {
  try {
    return `waiting for ${JSON.parse(body).waitingFor.join(', ')}`;
  } catch {
    return body.slice(0, 200);
  }
}
