import { spawn } from 'node:child_process';

type RunOptions = { command: string; args: readonly string[]; cwd: string };

/** How much of a command's output is kept, in characters. */
const tailLength = 20_000;

/**
 * Runs a command to its end and gives the last part of what it said.
 * @throws Error with that part, when the command cannot be started or fails.
 */
export function run({ command, args, cwd }: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-tailLength);
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(output.trim());
      reject(new Error(`${command} ended with ${signal ?? code}: ${args.join(' ')}\n${output}`));
    });
  });
}

/** Does the work of a queue `width` at a time; stops taking more after the first failure. */
export async function inParallel<T>(
  items: readonly T[],
  { width, work }: { width: number; work(item: T): Promise<void> },
): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item).catch((error: unknown) => {
        queue.length = 0;
        throw error;
      });
    }
  };
  // Every lane has come to rest before the failure goes on, and nobody writes to a folder that
  // the caller is removing.
  const lanes = await Promise.allSettled(Array.from({ length: width }, lane));
  for (const result of lanes) if (result.status === 'rejected') throw result.reason;
}
