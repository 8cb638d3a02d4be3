import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Say } from '../setupProgress.ts';
import { inParallel, run } from './processes.ts';
import {
  archives,
  compileFlags,
  includeFolders,
  linkFlags,
  ownSources,
  type Patch,
  packages,
  patches,
  type Source,
  schemaFlags,
  unitsOf,
  unitText,
} from './recipe/recipe.ts';

type BuildOptions = {
  /** The folder `worker` of the mediasoup package; only read. */
  sources: string;
  /** An empty folder to work in. */
  folder: string;
  say: Say;
};

const recipe = join(import.meta.dirname, 'recipe');
/** What one compiler needs at its worst, in bytes (measured: 0.6 GiB). */
const compilerMemory = 2 ** 30;

/**
 * Builds mediasoup's worker from the C++ source of its npm package on Debian's libraries, without
 * mediasoup's own build, which downloads its tools and nine more sources.
 * @returns the path of the binary in `folder`.
 * @throws Error when a patch does not fit, or with the compiler's words.
 */
export async function buildWorker({ sources, folder, say }: BuildOptions): Promise<string> {
  say('copying the sources');
  await cp(sources, folder, { recursive: true });
  for (const patch of patches) await applyPatch(folder, patch);
  await generateSchemas(folder);

  const includes = [join(recipe, 'headers'), ...includeFolders].map((path) => `-I${path}`);
  const compile = (args: readonly string[]) =>
    run({ command: 'g++', args: [...compileFlags, ...includes, ...args], cwd: folder });

  say('compiling the headers');
  await cp(join(recipe, 'prefix.hpp'), join(folder, 'prefix.hpp'));
  await compile(['-x', 'c++-header', 'prefix.hpp', '-o', 'prefix.hpp.gch']);

  const units = [
    ...unitsOf(await listSources(folder)),
    ...ownSources.map((name) => [join(recipe, name)]),
  ].map((paths, index) => ({ name: `unit${index}`, text: unitText(paths) }));

  const memoryFor = Math.max(1, Math.floor(freemem() / compilerMemory));
  let done = 0;
  await inParallel(units, {
    width: Math.min(availableParallelism(), memoryFor),
    work: async ({ name, text }) => {
      await writeFile(join(folder, `${name}.cpp`), text);
      await compile(['-include', 'prefix.hpp', '-c', `${name}.cpp`, '-o', `${name}.o`]);
      done += 1;
      say(`compiled ${done} of ${units.length} parts`);
    },
  });

  say('linking');
  const libraries = await Promise.all(archives.map((names) => findArchive(names)));
  const objects = units.map(({ name }) => `${name}.o`);
  const binary = join(folder, 'mediasoup-worker');
  const args = [...objects, '-o', binary, ...libraries, ...linkFlags];
  await run({ command: 'g++', args, cwd: folder });
  return binary;
}

async function applyPatch(folder: string, { file, find, replace }: Patch): Promise<void> {
  const path = join(folder, file);
  const parts = (await readFile(path, 'utf8')).split(find);
  if (parts.length !== 2) {
    const found = parts.length - 1;
    throw new Error(
      `This mediasoup is not the one our patch is for: in ${file}, the text\n${find}\nis there ${found} times, not once. See scripts/worker/recipe/recipe.ts.`,
    );
  }
  await writeFile(path, parts.join(replace));
}

async function generateSchemas(folder: string): Promise<void> {
  const cwd = join(folder, 'fbs');
  const schemas = (await readdir(cwd)).filter((name) => name.endsWith('.fbs'));
  await run({ command: 'flatc', args: [...schemaFlags, '-o', 'FBS', ...schemas], cwd });
}

/** The sources that mediasoup's own build lists for the worker, and their sizes. */
async function listSources(folder: string): Promise<Source[]> {
  const listed = async (file: string, pattern: RegExp) =>
    [...(await readFile(join(folder, file), 'utf8')).matchAll(pattern)].map((match) => match[1]);
  const own = await listed('meson.build', /^ +'(src\/[\w/]+\.cpp)',$/gm);
  const webrtc = await listed('deps/libwebrtc/meson.build', /^ +'(libwebrtc\/[\w/]+\.cc)',$/gm);
  const paths = [...own, 'src/main.cpp', ...webrtc.map((path) => `deps/libwebrtc/${path}`)];
  return Promise.all(
    paths
      .filter((path) => path !== undefined)
      .map(async (path) => ({ path, bytes: (await stat(join(folder, path))).size })),
  );
}

async function findArchive(names: readonly string[]): Promise<string> {
  for (const name of names) {
    // The compiler answers with the bare name where it does not find the file.
    const args = [`-print-file-name=${name}`];
    const path = await run({ command: 'g++', args, cwd: recipe });
    if (isAbsolute(path)) return path;
  }
  throw new Error(`${names.join(' or ')} is missing; it comes with one of ${packages.join(', ')}.`);
}
