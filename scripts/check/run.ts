import { spawn } from 'node:child_process';
import type { Progress } from '../setupProgress.ts';
import { type Tool, tools } from './tools.ts';

type Run = { root: string; args: readonly string[]; env?: Readonly<Record<string, string>> };

/** Runs Node to its end with what it says in one text; a lost process counts as failed. */
function runCaptured({ root, args }: Run): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const read = (text: string) => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const endings = ['SIGTERM', 'SIGHUP'] as const;

/**
 * Runs Node to its end with this process's terminal; gives the exit code. A signal that is for this
 * process alone (Ctrl-C is for all of a terminal's) ends the run too: it must not go on unseen.
 */
export function runShown({ root, args, env }: Run): Promise<number> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  // Vitest closes what its tests have started at an interrupt.
  const end = () => void child.kill('SIGINT');
  for (const signal of endings) process.once(signal, end);
  return new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => {
    for (const signal of endings) process.off(signal, end);
  });
}

/** Runs every tool of the gate, even after one has failed, and gives the names of those that did. */
export async function runTools(root: string, progress: Progress): Promise<string[]> {
  const check = async (tool: Tool) => {
    const { code, output } = await runCaptured({ root, args: tool.args });
    if (code === 0) return [];
    progress.note(`\n${output.trim()}\n`);
    throw new Error(`${tool.name} (${tool.hint})`);
  };
  const results = await Promise.allSettled(
    tools(root).map((tool) => progress.run(tool.name, () => check(tool))),
  );
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason.message] : []));
}
