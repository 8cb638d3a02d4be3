import { spawn } from 'node:child_process';
import { access, constants, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Say } from './setupProgress.ts';

/** The full path of a program on PATH, or undefined. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (await runnable(path)) return path;
  }
  return undefined;
}

async function runnable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

type WantedProgram = {
  /** The program that must be there afterwards. */
  program: string;
  /** The Debian packages that bring it. */
  packages: readonly string[];
  say: Say;
};

/**
 * Gives the path of a program, and brings it from Debian's packages where it is missing.
 * @throws Error that says exactly what to type, where this user may not install.
 */
export async function ensureProgram({ program, packages, say }: WantedProgram): Promise<string> {
  const present = await findProgram(program);
  if (present !== undefined) return present;
  await bringPackages({ wanted: program, packages, say });
  const found = await findProgram(program);
  if (found === undefined) throw new Error(`${packages.join(' ')} did not bring ${program}.`);
  return found;
}

/** Those of the named Debian packages that are not installed; all of them where there is no dpkg. */
export async function missingPackages(packages: readonly string[]): Promise<string[]> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills these in, not we.
  const format = '--showformat=${Package} ${db:Status-Abbrev}\n';
  const answer = await run('dpkg-query', ['--show', format, ...packages]).catch(() => undefined);
  const lines = (answer?.output ?? '').split('\n').map((line) => line.trim());
  return packages.filter((name) => !lines.includes(`${name} ii`));
}

type WantedPackages = {
  /** What they are for, in words. */
  wanted: string;
  packages: readonly string[];
  say: Say;
};

/**
 * Installs Debian packages, without starting any service that comes with them.
 * @throws Error that says exactly what to type, where this user may not install.
 */
export async function bringPackages({ wanted, packages, say }: WantedPackages): Promise<void> {
  if (process.getuid?.() !== 0 || (await findProgram('apt-get')) === undefined) {
    throw new Error(
      `Debian packages are missing for ${wanted}. As root, type\n\n  apt-get install --no-install-recommends ${packages.join(' ')}\n\nand then the same again.`,
    );
  }
  // One after another: apt's own locks refuse a second run instead of making it wait.
  const installed = queue.then(() => install(packages, say));
  queue = installed.catch(() => {});
  await installed;
}

let queue: Promise<unknown> = Promise.resolve();

async function install(packages: readonly string[], say: Say): Promise<void> {
  const removePolicy = await forbidServices();
  try {
    const wanted = ['install', '-y', '--no-install-recommends', ...packages];
    say(`installing ${packages.join(' ')}`);
    const first = await aptGet(wanted, say);
    if (first.code === 0) return;
    say('reading the package lists');
    await aptGet(['update'], say);
    const second = await aptGet(wanted, say);
    if (second.code !== 0) {
      throw new Error(`apt-get ${wanted.join(' ')} failed:\n${second.output}`);
    }
  } finally {
    await removePolicy();
  }
}

/**
 * A package that brings a service starts it at once, which we do not want: we run our own, with
 * our own data. Debian asks policy-rc.d first; one that is there already is left as it is.
 */
async function forbidServices(): Promise<() => Promise<void>> {
  const path = '/usr/sbin/policy-rc.d';
  try {
    await writeFile(path, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
  } catch {
    return async () => {};
  }
  return () => rm(path, { force: true });
}

function aptGet(args: readonly string[], say: Say): Promise<Finished> {
  return run('apt-get', ['-o', 'DPkg::Lock::Timeout=600', ...args], say);
}

type Finished = { code: number; output: string };

/** How much of a program's output is kept, in characters: its end says what went wrong. */
const outputLength = 8000;

async function run(command: string, args: readonly string[], say?: Say): Promise<Finished> {
  const child = spawn(command, args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const read = (chunk: string) => {
    output = (output + chunk).slice(-outputLength);
    const last = chunk.trim().split('\n').at(-1);
    if (last) say?.(last);
  };
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
