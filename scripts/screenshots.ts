import { join, resolve } from 'node:path';
import { optionOf } from './bench/figures.ts';
import { playAll } from './screenshots/acts.ts';
import { gather } from './screenshots/cast.ts';
import { Pictures } from './screenshots/pictures.ts';
import { onEndAsked } from './startSignals.ts';

/**
 * npm run screenshots -- [folder] [--live 8] [--minutes 4]: a whole system of its own, the sample
 * briefing with 71 sites, of which `--live` are real pages with pictures, played from its beginning
 * to its end; every surface in each main state, in two sizes, two languages and both themes, as PNG
 * files. After `--minutes` no more are taken; what was left out is said, and the exit code is 1.
 */
const root = join(import.meta.dirname, '..');
const words = process.argv.slice(2);
const [named] = words;
const folder = resolve(named && !named.startsWith('--') ? named : join(root, 'data/screenshots'));
const began = performance.now();
const note = (line: string) =>
  console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);

const ends: (() => Promise<unknown>)[] = [];
async function endAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end().catch((error) => console.error(error));
}
onEndAsked(async () => {
  await endAll();
  process.exit(130);
});

try {
  const pictures = await Pictures.create({
    folder,
    until: began + Number(optionOf(words, 'minutes') ?? 4) * 60_000,
    note,
  });
  const context = { root, note, cleanUp: (end: () => Promise<unknown>) => ends.push(end) };
  const cast = await gather({
    context: { ...context, options: words },
    live: Number(optionOf(words, 'live') ?? 8),
  });
  await playAll({ cast, pictures, note });
  await endAll();
  note(`${pictures.taken} pictures in ${folder}`);
  for (const line of pictures.missing) console.error(`left out: ${line}`);
  process.exit(pictures.missing.length > 0 ? 1 : 0);
} catch (error) {
  await endAll();
  console.error(error);
  process.exit(1);
}
