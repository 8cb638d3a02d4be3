import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBriefing } from '../../config/briefing.ts';
import { loadConfig } from '../../config/load.ts';
import type { PointList } from '../../config/points.ts';
import { type PageRole, pageUrl, signPass } from '../../server/gateway/identity.ts';
import { Progress } from '../setupProgress.ts';
import { serverPorts } from '../startPlan.ts';
import { System } from '../startSystem.ts';
import type { BenchContext } from './figures.ts';
import { portsInARow } from './ports.ts';

export interface BenchSystem {
  /** One for each server. */
  readonly urls: readonly string[];
  readonly redisUrl: string;
  readonly points: PointList;
  readonly pass: (role: PageRole, seat?: string) => Promise<string>;
  readonly link: (role: PageRole, seat?: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

interface SystemWishes {
  readonly servers?: number;
  /** Further keys of the configuration file. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A whole system of its own: free ports, a new data folder, and nothing left of it afterwards. */
export async function openSystem(
  context: BenchContext,
  { servers = 1, settings = {} }: SystemWishes = {},
): Promise<BenchSystem> {
  const { root } = context;
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-bench-'));
  const file = join(folder, 'config.yaml');
  const [port = 0] = await portsInARow({ count: servers, from: 20_000, kind: 'tcp' });
  const [basePort = 0] = await portsInARow({ count: 2, from: 45_000, kind: 'udp' });
  const written = {
    port,
    dataDir: join(folder, 'data'),
    serverNodes: servers,
    sfuNodes: 2,
    rtc: { basePort },
    // A bench is one impatient person at 72 keyboards.
    limits: { commandsPerSecond: 100_000 },
    // Nothing is measured but what a bench asks for.
    lineCheck: { atJoin: false },
    logLevel: 'warn',
    ...settings,
  };
  // JSON is YAML. The processes find it by their environment, which they have from this one.
  await writeFile(file, JSON.stringify(written));
  process.env.DIEMCAU_CONFIG = file;
  const config = loadConfig({ root });
  const progress = new Progress({ output: process.stderr });
  const system = new System({ root, config, progress });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      await system.close();
      progress.close();
      await rm(folder, { recursive: true, force: true });
    })();
    return closing;
  };
  context.cleanUp(close);
  await system.start();
  const secret = new Uint8Array(await readFile(config.secretFile));
  const urls = serverPorts(config).map((p) => `http://${config.host}:${p}`);
  const pass: BenchSystem['pass'] = (role, seat) =>
    signPass({ secret, briefing: config.briefing, role, seat: seat ?? null });
  return {
    urls,
    redisUrl: config.redisUrl?.reveal() ?? (await ownRedis(config.dataDir)),
    points: loadBriefing(config.briefing).points,
    pass,
    link: async (role, seat) =>
      pageUrl({ base: urls[0] ?? '', role, pass: await pass(role, seat) }),
    close,
  };
}

async function ownRedis(dataDir: string): Promise<string> {
  const settings = await readFile(join(dataDir, 'redis', 'redis.conf'), 'utf8');
  return `redis://127.0.0.1:${/^port (\d+)$/m.exec(settings)?.[1]}`;
}
