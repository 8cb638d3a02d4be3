import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Say } from './setupProgress.ts';

const output = ['client/dist/**'];
/** Whatever the pages in the browser are made from. */
const sources = ['client/**/*', 'server/domain/**/*', 'server/protocol/**/*', 'package-lock.json'];

type ClientBuild = { root: string; say: Say };

/** Builds the browser's pages into client/dist, unless they were built from these very sources. */
export async function ensureClient({ root, say }: ClientBuild): Promise<void> {
  const stampPath = join(root, 'client', 'dist', '.sources');
  const [wanted, built] = await Promise.all([
    hashOf(root),
    readFile(stampPath, 'utf8').catch(() => undefined),
  ]);
  if (wanted === built) {
    say('unchanged');
    return;
  }
  say('building the pages');
  await build(root);
  await writeFile(stampPath, wanted);
  say('built');
}

async function hashOf(root: string): Promise<string> {
  const paths = (
    await Array.fromAsync(glob(sources, { cwd: root, exclude: output, withFileTypes: true }))
  )
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const contents = await Promise.all(paths.map((path) => readFile(path)));
  const hash = createHash('sha256');
  for (const [index, path] of paths.entries()) {
    hash
      .update(`${path.slice(root.length)}\0`)
      .update(contents[index] ?? '')
      .update('\0');
  }
  return hash.digest('hex');
}

async function build(root: string): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'];
  const child = spawn(process.execPath, args, {
    cwd: root,
    // Without it the bundler colours its errors even into a file.
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`building the pages failed:\n${output}`);
}
