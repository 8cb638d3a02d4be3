import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

export type ProcessOptions = {
  /** Shown to people, and the name of the log file. */
  name: string;
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  logFolder: string;
  /** Told in words when the process dies unasked and when it is started again. */
  note: (line: string) => void;
};

const firstRetryMs = 200;
const longestRetryMs = 10_000;
/** A process that lived this long is taken as healthy: its next restart is quick again. */
const healthyAfterMs = 30_000;
/** Time for an orderly end before the process is killed. */
const orderlyEndMs = 8000;

/**
 * A child process that is kept alive until it is closed. It runs in a process group of its own,
 * so that Ctrl-C in the terminal reaches only the start script, which ends the children in order;
 * its standard input is a pipe by whose end it notices that the start script is gone.
 */
export class StartedProcess {
  readonly #options: ProcessOptions;
  readonly #firstDeath = Promise.withResolvers<string>();
  #child: ChildProcess | undefined;
  #gone: Promise<void> = Promise.resolve();
  #retryTimer: NodeJS.Timeout | undefined;
  #retryMs = firstRetryMs;
  #closed = false;

  static async create(options: ProcessOptions): Promise<StartedProcess> {
    const started = new StartedProcess(options);
    // The last run's log stays readable beside this one's, and no log grows for ever.
    await rename(started.logPath, `${started.logPath}.1`).catch(() => {});
    await started.#spawn();
    return started;
  }

  constructor(options: ProcessOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  get logPath(): string {
    return join(this.#options.logFolder, `${this.#options.name}.log`);
  }

  /** Resolves when the process ends unasked for the first time, with the exit code or signal. */
  get firstDeath(): Promise<string> {
    return this.#firstDeath.promise;
  }

  /** The last lines of the log, for an error message. */
  async logTail(lines = 12): Promise<string> {
    const text = await readFile(this.logPath, 'utf8').catch(() => '');
    return text.trimEnd().split('\n').slice(-lines).join('\n');
  }

  /** Asks the process to end, and kills it when it has not after eight seconds. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retryTimer);
    const child = this.#child;
    if (child === undefined) return;
    const fuse = setTimeout(() => signalGroup(child, 'SIGKILL'), orderlyEndMs);
    child.kill('SIGTERM');
    await this.#gone;
    clearTimeout(fuse);
  }

  async #spawn(): Promise<void> {
    const { command, args, env, cwd } = this.#options;
    const log = await open(this.logPath, 'a');
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['pipe', log.fd, log.fd],
    });
    const beganAt = performance.now();
    // The pipe breaks when the child dies; the death itself is told by 'exit'.
    child.stdin?.on('error', () => {});
    this.#child = child;
    const gone = Promise.withResolvers<string>();
    child.once('error', (error) => gone.resolve(error.message));
    child.once('exit', (code, signal) => gone.resolve(signal ?? `code ${code}`));
    this.#gone = gone.promise.then((reason) => this.#onGone({ child, beganAt, reason }));
    await log.close();
  }

  #onGone({ child, beganAt, reason }: Gone): void {
    this.#child = undefined;
    // Whatever it started itself (a media worker) must not outlive it.
    signalGroup(child, 'SIGKILL');
    if (this.#closed) return;
    this.#firstDeath.resolve(reason);
    if (performance.now() - beganAt >= healthyAfterMs) this.#retryMs = firstRetryMs;
    const waitMs = this.#retryMs;
    this.#retryMs = Math.min(waitMs * 2, longestRetryMs);
    this.#options.note(
      `  ! ${this.name} ended unasked (${reason}); starting it again in ${waitMs / 1000} s; its log: ${this.logPath}`,
    );
    this.#retryTimer = setTimeout(() => this.#restart(), waitMs);
  }

  async #restart(): Promise<void> {
    await this.#spawn();
    // Closing may have been asked for while the log file was being opened.
    if (this.#closed) this.#child?.kill('SIGTERM');
    else this.#options.note(`  ! ${this.name} was started again (process ${this.#child?.pid})`);
  }
}

type Gone = { child: ChildProcess; beganAt: number; reason: string };

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
