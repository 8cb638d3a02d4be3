import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { pause } from './figures.ts';

interface ProcessPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Whether it can do its work. */
  readonly ready: () => Promise<boolean>;
}

/** How much of a process's output is kept for a failure's message, in characters. */
const keptOutput = 20_000;
const readyWithinMs = 60_000;
const orderlyEndMs = 15_000;
const pollMs = 10;

/**
 * One process of a bench's cluster, which stays dead when it is killed until it is started again.
 * It has a process group of its own, so that what it started itself shares its fate.
 */
export class BenchProcess {
  readonly #plan: ProcessPlan;
  #child: ChildProcess | undefined;
  #gone: Promise<void> = Promise.resolve();
  #output = '';

  constructor(plan: ProcessPlan) {
    this.#plan = plan;
  }

  get name(): string {
    return this.#plan.name;
  }

  get runs(): boolean {
    return this.#child !== undefined;
  }

  get output(): string {
    return this.#output;
  }

  /** Starts it, unless it runs, and waits until it is ready. @throws Error when it ends instead. */
  async start(): Promise<void> {
    if (!this.#child) this.#spawn();
    const deadline = performance.now() + readyWithinMs;
    while (!(await this.#plan.ready().catch(() => false))) {
      if (!this.#child || performance.now() > deadline) {
        throw new Error(`${this.name} is not ready:\n${this.#output.slice(-3_000)}`);
      }
      await pause(pollMs);
    }
  }

  /** To the process alone. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** To the process and whatever it started. */
  signalGroup(signal: NodeJS.Signals): void {
    if (this.#child?.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // The whole group has ended already.
    }
  }

  /** The first of its own children whose command line has this word in it. */
  async childOf(word: string): Promise<number | undefined> {
    for (const pid of await readdir('/proc')) {
      if (!/^\d+$/.test(pid)) continue;
      const [stat, command] = await Promise.all(
        ['stat', 'cmdline'].map((f) => readFile(`/proc/${pid}/${f}`, 'utf8').catch(() => '')),
      );
      // proc(5): the name, in parentheses, may hold anything; fields are counted from behind it.
      const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      if (parent === this.#child?.pid && command?.includes(word)) return Number(pid);
    }
    return undefined;
  }

  /** Resolves when it does not run (any more). */
  get gone(): Promise<void> {
    return this.#gone;
  }

  /** Ends it in good order, or kills it when that takes too long. Idempotent. */
  async close(): Promise<void> {
    const fuse = setTimeout(() => this.signalGroup('SIGKILL'), orderlyEndMs);
    this.signalGroup('SIGCONT');
    this.signal('SIGTERM');
    await this.#gone;
    clearTimeout(fuse);
  }

  #spawn(): void {
    const { command, args, env, cwd } = this.#plan;
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    const keep = (text: string) => {
      this.#output = (this.#output + text).slice(-keptOutput);
    };
    child.stdin.on('error', () => {});
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    this.#gone = new Promise((resolve) => {
      const ended = (reason: string) => {
        // What it started itself must not outlive it.
        this.signalGroup('SIGKILL');
        this.#child = undefined;
        keep(`--- ${this.name} ended (${reason})\n`);
        resolve();
      };
      child.once('error', (error) => ended(error.message));
      child.once('exit', (code, signal) => ended(signal ?? `code ${code}`));
    });
  }
}
