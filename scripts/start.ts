import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { endLeftoverRedis, ensureRedisServer, redisCommand, redisReady } from './redis.ts';
import { ensureClient } from './setupClient.ts';
import { Progress } from './setupProgress.ts';
import { addressTable } from './startLinks.ts';
import { lockDataFolder } from './startLock.ts';
import { ensureSecret, freePorts, needPort, serverPorts, servicePlan } from './startPlan.ts';
import { StartedProcess } from './startProcess.ts';
import { onEndAsked } from './startSignals.ts';
import { ensureWorker } from './worker.ts';

const root = join(import.meta.dirname, '..');
/** The launcher may have spent time on packages first, in a process of its own. */
const beganAt = Number(process.env.DIEMCAU_BEGAN_AT ?? performance.timeOrigin);
const readyWithinMs = 60_000;

/** Everything that has to be ended, in the order of starting; ended in the reverse order. */
const started: StartedProcess[][] = [];
const progress = new Progress();
let unlock = async () => {};
let ending: Promise<void> | undefined;

function end(): Promise<void> {
  ending ??= (async () => {
    for (const group of started.toReversed()) {
      await Promise.all(group.map((child) => child.close()));
    }
    await unlock();
    progress.close();
  })();
  return ending;
}

async function run(group: StartedProcess[], options: Child): Promise<StartedProcess> {
  const logFolder = join(options.config.dataDir, 'logs');
  const child = await StartedProcess.create({
    ...options,
    cwd: root,
    logFolder,
    note: (line) => progress.note(line),
  });
  group.push(child);
  // Ctrl-C may have come while the process was being started.
  if (ending) await child.close();
  else child.firstDeath.then((reason) => diedEarly(child, reason));
  return child;
}

type Child = {
  config: Config;
  name: string;
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
};

const startFailed = Promise.withResolvers<never>();
startFailed.promise.catch(() => {});

/** During start-up a death is a fault to show at once; afterwards nobody listens to this any more. */
async function diedEarly(child: StartedProcess, reason: string): Promise<void> {
  startFailed.reject(
    new Error(`${child.name} ended (${reason}). The end of its log:\n${await child.logTail()}`),
  );
}

async function startRedis(config: Config, group: StartedProcess[]): Promise<string> {
  if (config.redisUrl) return config.redisUrl.reveal();
  const folder = join(config.dataDir, 'redis');
  return progress.run('Redis', async (say) => {
    const [program, [port]] = await Promise.all([ensureRedisServer(say), freePorts(1)]);
    if (port === undefined) throw new Error('no free port for Redis');
    await endLeftoverRedis(folder);
    const command = await redisCommand({ program, folder, port });
    await run(group, { config, name: 'redis', ...command, env: {} });
    await Promise.race([redisReady(port, say), startFailed.promise]);
    say(`127.0.0.1:${port}, data in ${folder}`);
    return `redis://127.0.0.1:${port}`;
  });
}

async function healthy(url: string, say: (detail: string) => void): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  let last = 'no answer';
  while (performance.now() < deadline && !ending) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.ok) return;
    last = answer ? `${answer.status} ${(await answer.text()).slice(0, 200)}` : 'no answer';
    if (answer) say(last);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${url} is not ready after ${readyWithinMs / 1000} s: ${last}`);
}

async function start(): Promise<void> {
  const config = loadConfig({ root });
  unlock = await lockDataFolder(config.dataDir);
  await mkdir(join(config.dataDir, 'logs'), { recursive: true });
  // Media nodes that are named in the configuration run elsewhere; then none are started here.
  const nodeCount = config.nodes.length > 0 ? 0 : config.sfuNodes;
  const rtcPorts = Array.from({ length: nodeCount }, (_, i) => config.rtc.basePort + i);
  await Promise.all([
    ensureSecret(config),
    ...serverPorts(config).map((port) => needPort(port, config.host, 'PORT')),
    ...rtcPorts.map((port) => needPort(port, config.rtc.listenIp, 'RTC_BASE_PORT')),
  ]);
  const redisGroup: StartedProcess[] = [];
  const nodeGroup: StartedProcess[] = [];
  const serverGroup: StartedProcess[] = [];
  started.push(redisGroup, nodeGroup, serverGroup);

  const client = progress.run('pages', (say) => ensureClient({ root, say }));
  client.catch(() => {});
  const [redisUrl, workerPath] = await Promise.all([
    startRedis(config, redisGroup),
    progress.run('media worker', (say) => ensureWorker({ root, log: say })),
  ]);
  const controlPorts = await freePorts(nodeCount);
  const plan = servicePlan({ root, config, redisUrl, workerPath, controlPorts });
  const begin = (group: StartedProcess[], services: typeof plan.nodes) =>
    services.map(({ name, args, env, healthUrl }) =>
      progress.run(name, async (say) => {
        await run(group, { config, name, command: process.execPath, args, env });
        await Promise.race([healthy(healthUrl, say), startFailed.promise]);
        say(`log in ${join(config.dataDir, 'logs', `${name}.log`)}`);
      }),
    );
  await Promise.all([...begin(nodeGroup, plan.nodes), ...begin(serverGroup, plan.servers), client]);
  if (ending) return;
  progress.note(await addressTable(config));
  const seconds = (performance.timeOrigin + performance.now() - beganAt) / 1000;
  progress.note(`Ready after ${seconds.toFixed(1)} s. Ctrl-C ends everything.`);
}

// A terminal that has closed must not stop the orderly end.
process.stdout.on('error', () => {});

onEndAsked(async (reason) => {
  progress.note(`\nEnding (${reason}) …`);
  await end();
  process.exit(0);
});

try {
  await start();
} catch (error) {
  if (!ending) {
    await end();
    console.error(`\ndiemcau cannot start: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
