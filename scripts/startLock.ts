import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Lets one start at a time use a data folder: two would fight over one Redis file. The lock of a
 * start that died without tidying up is taken over.
 * @returns a function that gives the folder free again.
 * @throws Error naming the process that has it.
 */
export async function lockDataFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'start.pid');
  const owner = Number(await readFile(path, 'utf8').catch(() => ''));
  if (owner !== process.pid && (await isStart(owner))) {
    throw new Error(
      `diemcau is already running from ${folder} (process ${owner}). End it with Ctrl-C there, or choose another folder with DIEMCAU_DATA=… and another port with PORT=…`,
    );
  }
  await writeFile(path, `${process.pid}\n`);
  return () => rm(path, { force: true });
}

async function isStart(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  // Asked for both ways of being run: by the launcher in its own process, and as its child.
  return /scripts\/(setup\.mjs\0start|start\.ts)/.test(commandLine);
}
