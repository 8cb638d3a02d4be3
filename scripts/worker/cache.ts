import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Outside the checkout, so that the next one starts in seconds. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const base = env.DIEMCAU_CACHE || env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'diemcau');
}

/** The C library counts as part of the platform: a binary does not run with an older one. */
export function platformName(): string {
  // Otherwise the report asks name servers about every open socket, and blocks meanwhile.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const libc = report.header?.glibcVersionRuntime;
  return [process.platform, process.arch, ...(libc ? [`glibc${libc}`] : [])].join('-');
}

/** Twelve hexadecimal digits that change with any file of a folder. */
export async function hashFolder(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  for (const path of paths) {
    hash
      .update(`${path.slice(folder.length)}\0`)
      .update(await readFile(path))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}

type LockOptions<T> = {
  /** What may have appeared while another process had the lock. */
  ready(): Promise<T | undefined>;
  work(): Promise<T>;
  waiting(): void;
};

const heartbeatMs = 2000;
const staleMs = 20_000;

/**
 * Does a piece of work in one process at a time. The lock is a folder; its owner refreshes its
 * time, so that the lock of a process that was killed, here or in another container that shares
 * the cache, is taken over. Two owners at once, which a suspended machine can bring about, waste
 * time and harm nothing: each works in a folder of its own and renames its result into place.
 */
export async function withLock<T>(path: string, options: LockOptions<T>): Promise<T> {
  for (;;) {
    if (await take(path)) break;
    const ready = await options.ready();
    if (ready !== undefined) return ready;
    if (await isStale(path)) await remove(path);
    else options.waiting();
    await delay(500);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, heartbeatMs);
  try {
    return (await options.ready()) ?? (await options.work());
  } finally {
    clearInterval(heartbeat);
    await rm(path, { recursive: true, force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(join(path, 'owner'), `${hostname()} ${process.pid}`);
  return true;
}

async function isStale(path: string): Promise<boolean> {
  const [host, pid] = (await readFile(join(path, 'owner'), 'utf8').catch(() => '')).split(' ');
  if (host === hostname() && !isAlive(Number(pid))) return true;
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  return age > staleMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Renamed first: of two processes that find the same stale lock, only one moves it away. */
async function remove(path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => {});
  await rm(aside, { recursive: true, force: true });
}
