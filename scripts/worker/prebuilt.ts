import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runs } from './proof.ts';

/** Long enough for some ten megabytes; building takes little longer than waiting would. */
const downloadLimitMs = 20_000;

type PrebuiltOptions = {
  /** The folder of the mediasoup package. */
  packageFolder: string;
  /** Whether the network may be asked; what an earlier install left is taken in any case. */
  download: boolean;
};

/** The worker that mediasoup itself publishes for this platform, or undefined where it cannot be had. */
export async function fetchPrebuilt(options: PrebuiltOptions): Promise<string | undefined> {
  const binary = join(options.packageFolder, 'worker/out/Release/mediasoup-worker');
  if (await runs(binary)) return binary;
  if (!options.download) return undefined;
  // After a failed download the script would begin mediasoup's own build, which needs the network
  // just as much. It calls Python for that: a "Python" that fails at once ends it there.
  const env = { ...process.env, PYTHON: 'false' };
  const child = spawn(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
    cwd: options.packageFolder,
    env,
    stdio: 'ignore',
    timeout: downloadLimitMs,
    killSignal: 'SIGKILL',
  });
  await once(child, 'close');
  if (await runs(binary)) return binary;
  await rm(binary, { force: true });
  return undefined;
}
