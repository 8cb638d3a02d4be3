import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bringPackages, missingPackages } from './setupDebian.ts';
import { buildWorker } from './worker/build.ts';
import { cacheFolder, hashFolder, platformName, withLock } from './worker/cache.ts';
import { fetchPrebuilt } from './worker/prebuilt.ts';
import { prove, runs } from './worker/proof.ts';
import { packages } from './worker/recipe/recipe.ts';

type WorkerOptions = {
  /** The checkout, in whose `node_modules` mediasoup is. */
  root: string;
  /** Gets what is being done at the moment; showing how long it has taken is up to the caller. */
  log(line: string): void;
  /** Do not ask the network for mediasoup's prebuilt worker. */
  offline?: boolean;
};

/** A build folder that old belongs to a run that was killed. */
const abandonedMs = 3_600_000;

/**
 * Gives the absolute path of a mediasoup worker that fits the installed mediasoup and runs on
 * this machine: the one that `MEDIASOUP_WORKER_BIN` names; else the one in the cache; else
 * mediasoup's own prebuilt; else one that is built here from mediasoup's source.
 * @throws Error that says what to type where Debian packages are missing, or why the build failed.
 */
export async function ensureWorker(o: WorkerOptions): Promise<string> {
  const given = process.env.MEDIASOUP_WORKER_BIN;
  if (given) {
    const path = resolve(o.root, given);
    if (!(await runs(path))) {
      throw new Error(`MEDIASOUP_WORKER_BIN names ${path}, which does not run as a worker here.`);
    }
    return path;
  }

  const packageFolder = join(o.root, 'node_modules/mediasoup');
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  const recipe = await hashFolder(join(import.meta.dirname, 'worker/recipe'));
  const folder = cacheFolder(process.env);
  const base = join(folder, `mediasoup-worker-${version}-${platformName()}`);
  const built = `${base}-${recipe}`;
  const prebuilt = `${base}-prebuilt`;

  const cached = async () => {
    for (const path of [built, prebuilt]) if (await runs(path)) return path;
    return undefined;
  };
  const found = await cached();
  if (found !== undefined) return found;

  await mkdir(folder, { recursive: true });
  return withLock(`${built}.lock`, {
    ready: cached,
    waiting: () => o.log('waiting for another process that is preparing the worker'),
    work: async () => {
      await removeAbandoned(folder);
      const workFolder = await mkdtemp(join(folder, 'build-'));
      try {
        return (
          (await keepPrebuilt({ ...o, packageFolder, workFolder, path: prebuilt })) ??
          (await keepBuilt({ ...o, packageFolder, workFolder, path: built }))
        );
      } finally {
        await rm(workFolder, { recursive: true, force: true });
      }
    },
  });
}

type KeepOptions = WorkerOptions & {
  packageFolder: string;
  /** Beside the cache's files, so that a result is renamed into place. */
  workFolder: string;
  path: string;
};

async function keepPrebuilt(o: KeepOptions): Promise<string | undefined> {
  const skip = o.offline || process.env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD;
  if (!skip) o.log('asking for the prebuilt worker of mediasoup');
  const source = await fetchPrebuilt({ packageFolder: o.packageFolder, download: !skip });
  if (source === undefined) return undefined;
  const copy = join(o.workFolder, 'prebuilt');
  await copyFile(source, copy);
  await rename(copy, o.path);
  return o.path;
}

async function keepBuilt(o: KeepOptions): Promise<string> {
  const missing = await missingPackages(packages);
  if (missing.length > 0) {
    await bringPackages({ wanted: 'the media worker', packages: missing, say: o.log });
  }
  const binary = await buildWorker({
    sources: join(o.packageFolder, 'worker'),
    folder: join(o.workFolder, 'worker'),
    say: o.log,
  });
  o.log('trying the new worker');
  await prove(o.root, binary);
  await rename(binary, o.path);
  return o.path;
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('build-')) continue;
    const path = join(folder, name);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (age > abandonedMs) await rm(path, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
  let last = 'looking for a worker';
  const timer = setInterval(() => console.error(`${seconds()} s: ${last}`), 3000);
  const log = (line: string) => {
    last = line;
  };
  console.log(await ensureWorker({ root: resolve(import.meta.dirname, '..'), log }));
  clearInterval(timer);
}
