/** Says what one step is doing just now; only the newest word is shown. */
export type Say = (detail: string) => void;

type Step = { name: string; beganAt: number; detail: string };

type Output = { isTTY?: boolean; columns?: number; write(text: string): unknown };

type ProgressOptions = {
  output?: Output;
  /** Milliseconds from any fixed point. */
  now?: () => number;
};

const terminalRefreshMs = 250;
/** Where every refresh is a line of its own (a log file, CI), one in five seconds is enough. */
const plainRefreshMs = 5000;

/**
 * Waits for all, and only then throws the first error: a step that is cut off in the middle of
 * installing something would leave the machine worse than it was.
 */
export async function allEnded<T extends readonly unknown[]>(
  steps: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  const results = await Promise.allSettled(steps);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return Promise.all(steps) as Promise<unknown> as Promise<T>;
}

/**
 * Shows steps that run side by side: a living line with the seconds so far, and one closing line
 * for each step. The first use of a machine takes minutes, and nobody should wonder if it hangs.
 */
export class Progress {
  readonly #output: Output;
  readonly #now: () => number;
  readonly #running = new Set<Step>();
  readonly #timer: NodeJS.Timeout;
  #lineShown = false;

  constructor({ output = process.stdout, now = () => performance.now() }: ProgressOptions = {}) {
    this.#output = output;
    this.#now = now;
    this.#timer = setInterval(
      () => this.#refresh(),
      output.isTTY ? terminalRefreshMs : plainRefreshMs,
    );
    this.#timer.unref();
  }

  /** Runs one step and shows it; what the work throws is passed on after the step is shown as failed. */
  async run<T>(name: string, work: (say: Say) => Promise<T>): Promise<T> {
    const step: Step = { name, beganAt: this.#now(), detail: '' };
    this.#running.add(step);
    try {
      const result = await work((detail) => {
        step.detail = detail.replaceAll(/\s+/g, ' ').trim();
      });
      this.#running.delete(step);
      this.note(`  ✓ ${name}${step.detail && `: ${step.detail}`} (${this.#seconds(step, 1)} s)`);
      return result;
    } catch (error) {
      this.#running.delete(step);
      this.note(`  ✗ ${name} (${this.#seconds(step, 1)} s)`);
      throw error;
    }
  }

  /** Prints whole lines above the living line. */
  note(text: string): void {
    this.#wipe();
    this.#output.write(`${text}\n`);
    this.#refresh({ plainToo: false });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#wipe();
  }

  #seconds(step: Step, digits = 0): string {
    return ((this.#now() - step.beganAt) / 1000).toFixed(digits);
  }

  #refresh({ plainToo = true } = {}): void {
    if (this.#running.size === 0) return;
    const parts = [...this.#running].map(
      (step) => `${step.name} ${this.#seconds(step)} s${step.detail && `, ${step.detail}`}`,
    );
    const line = `  … ${parts.join(' · ')}`;
    if (this.#output.isTTY) {
      this.#wipe();
      this.#output.write(line.slice(0, (this.#output.columns ?? 80) - 1));
      this.#lineShown = true;
    } else if (plainToo) {
      this.#output.write(`${line}\n`);
    }
  }

  #wipe(): void {
    if (!this.#lineShown) return;
    this.#output.write('\r\u001b[2K');
    this.#lineShown = false;
  }
}
