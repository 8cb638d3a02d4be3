import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Bench, type BenchContext, figure, optionOf } from './figures.ts';
import { portsInARow } from './ports.ts';

/**
 * Seconds from `npm start` until everything is ready. `cold`: a fresh clone, so with packages and
 * pages still to come, but with this machine's built media worker. `warm`: the same once more.
 */
export const start: Bench = async (context) => {
  const colds = Number(optionOf(context.options, 'cold') ?? 1);
  const warms = Number(optionOf(context.options, 'warm') ?? 5);
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < colds; round++) {
    const folder = await mkdtemp(join(tmpdir(), 'diemcau-start-'));
    const remove = () => rm(folder, { recursive: true, force: true });
    context.cleanUp(remove);
    await cloneInto(folder, context.root);
    const [port = 0] = await portsInARow({ count: 1, from: 20_000, kind: 'tcp' });
    const [basePort = 0] = await portsInARow({ count: 2, from: 45_000, kind: 'udp' });
    const env = { PORT: String(port), RTC_BASE_PORT: String(basePort) };
    const once = () => startOnce({ context, folder, env });
    cold.push(await once());
    context.note(`cold: ${cold.at(-1)?.toFixed(1)} s`);
    for (let run = 0; run < Math.ceil(warms / colds); run++) {
      warm.push(await once());
      context.note(`warm: ${warm.at(-1)?.toFixed(2)} s`);
    }
    await remove();
  }
  return { results: [figure('cold', 's', cold), figure('warm', 's', warm)], ratios: {} };
};

/** What a clone of this checkout as it stands would hold: what git tracks, and what it would. */
async function cloneInto(folder: string, root: string): Promise<void> {
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await promisify(execFile)('git', listed, { cwd: root, maxBuffer: 1 << 26 });
  for (const path of new Set(stdout.split('\0').filter(Boolean))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    // A file that was deleted but not yet committed is still listed.
    await cp(join(root, path), join(folder, path)).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

interface StartWishes {
  readonly context: BenchContext;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

async function startOnce({ context, folder, env }: StartWishes): Promise<number> {
  const inherited = Object.entries(process.env).filter(([key]) => !/^(npm_|DIEMCAU_)/.test(key));
  const begin = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that Ctrl-C reaches all of it, as in a terminal.
    detached: true,
  });
  let over = false;
  const gone = new Promise<void>((resolve) =>
    child.once('close', () => {
      over = true;
      resolve();
    }),
  );
  const end = async () => {
    if (child.pid !== undefined && !over) process.kill(-child.pid, 'SIGINT');
    await gone;
  };
  context.cleanUp(end);
  let output = '';
  const seconds = await new Promise<number>((resolve, reject) => {
    const take = (text: string) => {
      output += text;
      if (/^Ready after /m.test(output)) resolve((performance.now() - begin) / 1000);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`npm start ended:\n${output}`)));
  });
  await end();
  return seconds;
}
