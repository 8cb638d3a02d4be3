import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchContext } from './bench/figures.ts';
import { openSystem } from './bench/system.ts';
import { BrowserSites } from './soak/browserSites.ts';
import { Chance } from './soak/chance.ts';
import { isHealthy } from './soak/healthy.ts';
import { Probes } from './soak/probes.ts';
import { jsonLine, table } from './soak/report.ts';
import { Soak } from './soak/soak.ts';
import { onEndAsked } from './startSignals.ts';

const usage = `npm run soak -- [options]

A system of its own lives through a busy briefing, deaths included; after each round everybody
leaves, and what is still there is counted. Ends with 1 when something grows.

  --minutes N        how long, after the warm-up (60)
  --sites N          points that are played over the wire, without a browser (40)
  --pages N          points with a real page in Chromium (0)
  --rate N           acts of people in a second (2)
  --seed N           the same as another soak's: the same acts (by chance)
  --snapshots DIR    heap snapshots of every process, after the warm-up and at the end`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    sites: { type: 'string', default: '40' },
    pages: { type: 'string', default: '0' },
    rate: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    snapshots: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const [minutes, sites, pages, rate, seed] = (
  ['minutes', 'sites', 'pages', 'rate', 'seed'] as const
).map((name) => Number(values[name])) as [number, number, number, number, number];
const sane = minutes > 0 && rate > 0 && Number.isInteger(sites) && Number.isInteger(pages);
if (values.help || !sane || sites < 1 || pages < 0 || sites + pages > 71) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

const note = (line: string): void =>
  console.error(`${new Date().toISOString().slice(11, 19)}  ${line}`);
const ends: (() => Promise<unknown> | unknown)[] = [];
let ending: Promise<void> | undefined;

function endAll(): Promise<void> {
  ending ??= (async () => {
    for (const end of ends.splice(0).reverse()) {
      try {
        await end();
      } catch (error) {
        console.error(error);
      }
    }
  })();
  return ending;
}

onEndAsked(async (reason) => {
  note(`ending (${reason}) …`);
  await endAll();
  process.exit(130);
});

async function run(): Promise<number> {
  const context: BenchContext = {
    root: join(import.meta.dirname, '..'),
    note,
    cleanUp: (end) => ends.push(end),
    options: [],
  };
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-probe-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  // Every process that the system starts inherits it; only servers and media nodes heed it.
  process.env.DIEMCAU_PROBE = folder;
  const probe = new URL('./soak/probe.ts', import.meta.url).href;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import ${probe}`.trim();
  const system = await openSystem(context, { servers: 2 });
  const probes = new Probes(folder);
  const processes: Record<string, string> = { 'sfu-1': 'sfu-1', 'sfu-2': 'sfu-2' };
  system.urls.forEach((url, i) => {
    processes[`server-${i + 1}`] = `server:${new URL(url).port}`;
  });
  const all = system.points.points.map(({ id }) => id);
  const browser =
    pages > 0 ? await BrowserSites.create(system, all.slice(sites, sites + pages)) : undefined;
  if (browser) ends.push(() => browser.close());
  const to = values.snapshots && resolve(values.snapshots);
  const soak = new Soak({
    system,
    counted: { probes, processes, redisUrl: system.redisUrl },
    chance: new Chance(seed),
    minutes,
    seats: all.slice(0, sites),
    browser,
    rate,
    healthy: () => isHealthy(system),
    snapshots: to
      ? async (which) => {
          for (const [name, asked] of Object.entries(processes)) {
            await probes.ask(asked, `snapshot ${join(to, `${name}.${which}.heapsnapshot`)}`);
          }
        }
      : undefined,
    note,
  });
  ends.push(() => soak.close());
  note(`seed ${seed}; ${(await readdir(folder)).length} processes with a probe`);
  const result = await soak.run();
  const growing = result.verdicts.filter(({ grows }) => grows);
  console.log(table(result.verdicts));
  for (const key of result.unexpectedKeys) console.log(`unexpected in Redis: ${key}`);
  console.log(
    growing.length === 0
      ? 'Nothing grows.'
      : `These grow: ${growing.map(({ name }) => name).join(', ')}`,
  );
  console.log(jsonLine({ ...result, options: { ...result.options, pages, seed } }));
  return growing.length === 0 ? 0 : 1;
}

try {
  const code = await run();
  await endAll();
  process.exit(code);
} catch (error) {
  await endAll();
  console.error(error);
  process.exit(1);
}
