import { spawn } from 'node:child_process';

export const networkMissing =
  'Tests of networks need root, and the right to make network namespaces. As root, type\n\n' +
  '  apt-get install --no-install-recommends iproute2\n\n' +
  'and then the same again; in a container, start it with --privileged.';

/** A command to the kernel's own tables that takes longer hangs; milliseconds. */
const patienceMs = 10_000;

/** Runs iproute2's `ip` and gives what it printed. @throws Error with its own words. */
export function ip(args: readonly string[], input = ''): Promise<string> {
  const child = spawn('ip', args, { timeout: patienceMs, stdio: ['pipe', 'pipe', 'pipe'] });
  let [output, complaint] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaint += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`ip ${args.join(' ')} ${input}: ${complaint.trim()}`));
    });
  });
}

/** All of them in one process; in a namespace, if one is named. */
export async function ipBatch(commands: readonly string[], namespace?: string): Promise<void> {
  const where = namespace === undefined ? [] : ['-n', namespace];
  await ip([...where, '-batch', '-'], `${commands.join('\n')}\n`);
}
