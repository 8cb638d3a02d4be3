import { type ChildProcess, spawn } from 'node:child_process';
import { until } from './until.ts';

export interface ProcessPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Answers 200 once the process can do its work. */
  readonly healthUrl: string;
}

/** How much of a process's output is kept for the message of a failed test, in characters. */
const keptOutput = 60_000;
const orderlyEndMs = 8_000;

/**
 * One real process of a test's cluster, never restarted by itself: tests kill it and start it
 * again. It has a process group of its own, so that its media workers end with it; its standard
 * input is a pipe, by whose end it notices that the test run is gone.
 */
export class ClusterProcess {
  readonly #plan: ProcessPlan;
  #child: ChildProcess | undefined;
  #gone: Promise<void> = Promise.resolve();
  #output = '';

  static async create(plan: ProcessPlan): Promise<ClusterProcess> {
    const process = new ClusterProcess(plan);
    await process.start();
    return process;
  }

  constructor(plan: ProcessPlan) {
    this.#plan = plan;
  }

  get name(): string {
    return this.#plan.name;
  }

  get healthUrl(): string {
    return this.#plan.healthUrl;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get output(): string {
    return this.#output;
  }

  /**
   * Starts it, for the first time or again, and waits until it is ready.
   * @throws Error with the end of its output, when it ends instead.
   */
  async start(): Promise<void> {
    if (this.#child) throw new Error(`${this.name} runs already`);
    const died = this.#spawn();
    await Promise.race([
      this.#healthy(),
      died.then((reason) => {
        throw new Error(`${this.name} ended (${reason}):\n${this.#output.slice(-3_000)}`);
      }),
    ]);
  }

  /** `kill -9`, and waits until it is gone. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#gone;
  }

  /** Stops it where it stands (SIGSTOP): its sockets stay open and say nothing. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Resolves when it has ended by itself. */
  get ended(): Promise<void> {
    return this.#gone;
  }

  /** Ends it in good order; kills it when that takes too long. */
  async close(): Promise<void> {
    if (!this.#child) return;
    const fuse = setTimeout(() => this.#signalGroup('SIGKILL'), orderlyEndMs);
    // One that a test left frozen would not hear the signal.
    this.thaw();
    this.#child.kill('SIGTERM');
    await this.#gone;
    clearTimeout(fuse);
  }

  /** Resolves with the reason when the process ends. */
  #spawn(): Promise<string> {
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
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
    });
    this.#gone = ended.then((reason) => {
      // What it started itself must not outlive it.
      this.#signalGroup('SIGKILL');
      this.#child = undefined;
      keep(`--- ${this.name} ended (${reason})\n`);
    });
    return ended;
  }

  #signalGroup(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // The whole group has ended already.
    }
  }

  #healthy(): Promise<unknown> {
    let last = 'no answer';
    return until(
      async () => {
        const answer = await fetch(this.healthUrl, { signal: AbortSignal.timeout(2_000) });
        last = answer.ok ? '' : (await answer.text()).slice(0, 200);
        return answer.ok;
      },
      { what: `${this.name} to be ready`, timeoutMs: 30_000, seen: () => last },
    );
  }
}
