import { join } from 'node:path';
import { failover } from './bench/failover.ts';
import { type Bench, type BenchContext, report } from './bench/figures.ts';
import { floor } from './bench/floor.ts';
import { join as joinBench } from './bench/join.ts';
import { kiosk } from './bench/kiosk.ts';
import { lineCheck } from './bench/lineCheck.ts';
import { start } from './bench/start.ts';
import { switchOver } from './bench/switch.ts';
import { wall } from './bench/wall.ts';
import { onEndAsked } from './startSignals.ts';

/** npm run bench -- <name>: figures as one JSON object on one line; how it is going, on stderr. */
const benches: Readonly<Record<string, Bench>> = {
  start,
  floor,
  switch: switchOver,
  join: joinBench,
  failover,
  kiosk,
  linecheck: lineCheck,
  wall,
};

const [name = '', ...options] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  console.error(`Which bench? npm run bench -- ${Object.keys(benches).join(' | ')}`);
  process.exit(2);
}

const ends: (() => Promise<unknown>)[] = [];
async function endAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end().catch((error) => console.error(error));
}

onEndAsked(async () => {
  await endAll();
  process.exit(130);
});

const context: BenchContext = {
  root: join(import.meta.dirname, '..'),
  note: (line) => console.error(line),
  cleanUp: (end) => ends.push(end),
  options,
};

try {
  const figures = await bench(context);
  await endAll();
  console.log(report(name, figures));
  process.exit(0);
} catch (error) {
  await endAll();
  console.error(error);
  process.exit(1);
}
