import { readFile } from 'node:fs/promises';
import type { types } from 'mediasoup';

type Usage = Pick<types.WorkerResourceUsage, 'ru_utime' | 'ru_stime'>;

/** Turns readings of a worker's CPU time into its share of one core, 0 … 1. */
export class CpuMeter {
  #last: { readonly busy: number; readonly at: number } | undefined;
  #share = 0;

  /** `at` in ms, monotonic; the usage's times are in ms too. */
  read(usage: Usage, at: number): void {
    const busy = usage.ru_utime + usage.ru_stime;
    const last = this.#last;
    if (last && at - last.at < 1000) return;
    if (last) this.#share = Math.min(1, Math.max(0, (busy - last.busy) / (at - last.at)));
    this.#last = { busy, at };
  }

  /** A new worker starts from nothing. */
  reset(): void {
    this.#last = undefined;
    this.#share = 0;
  }

  get share(): number {
    return this.#share;
  }
}

/**
 * Whether a process is running or waits for a processor, which a stopped or stuck one does not.
 * False where the system has no such file (proc(5)).
 */
export async function wantsProcessor(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The state follows the program's name, which is in parentheses and may hold anything.
  return stat[stat.lastIndexOf(')') + 2] === 'R';
}
