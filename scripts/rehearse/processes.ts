import { readdir, readFile } from 'node:fs/promises';

/** One process as /proc tells of it. */
interface Reading {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** Processor time since it began, in seconds. */
  readonly cpu: number;
}

/** What a group of processes used between two readings. */
export interface Usage {
  readonly processes: number;
  /** Mean over the time between, in cores. */
  readonly cores: number;
  /** Memory of their own and their part of what they share (PSS), in MiB. */
  readonly memory: number;
}

/** The kernel's clock ticks a second, as on every Linux that Node runs on. */
const ticks = 100;

export const kinds = ['worker', 'node', 'server', 'redis', 'browser'] as const;
export type Kind = (typeof kinds)[number];

const marks: readonly (readonly [Kind, RegExp])[] = [
  ['worker', /mediasoup-worker/],
  ['node', /sfu\/main\.ts/],
  ['server', /server\/main\.ts/],
  ['redis', /redis-server/],
  ['browser', /chrom(e|ium)/],
];

async function readAll(): Promise<Reading[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const readings = await Promise.all(pids.map((pid) => readOne(pid).catch(() => undefined)));
  return readings.filter((r) => r !== undefined);
}

async function readOne(pid: number): Promise<Reading> {
  const [stat, commandLine] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/cmdline`, 'utf8'),
  ]);
  // proc(5): the name, in parentheses, may hold anything; fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const cpu = (Number(fields[11]) + Number(fields[12])) / ticks;
  return { pid, parent: Number(fields[1]), command: commandLine.replaceAll('\0', ' '), cpu };
}

/** Memory in MiB; 0 for a process that has gone. */
async function memoryOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
}

function descendants(all: readonly Reading[], roots: readonly number[]): Reading[] {
  const found = new Set(roots);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return all.filter(({ pid }) => found.has(pid));
}

/**
 * Begins to measure the processes that these have started, their own included; the function that
 * it returns tells what each kind used from then on.
 */
export async function measureUsage(
  roots: readonly number[],
): Promise<() => Promise<Partial<Record<Kind, Usage>>>> {
  const begin = performance.now();
  const before = new Map((await readAll()).map((r) => [r.pid, r.cpu]));
  return async () => {
    const seconds = (performance.now() - begin) / 1000;
    const ours = descendants(await readAll(), roots);
    const used: Partial<Record<Kind, Usage>> = {};
    for (const { pid, command, cpu } of ours) {
      const kind = marks.find(([, mark]) => mark.test(command))?.[0];
      if (kind === undefined) continue;
      const sum = used[kind] ?? { processes: 0, cores: 0, memory: 0 };
      used[kind] = {
        processes: sum.processes + 1,
        cores: sum.cores + (cpu - (before.get(pid) ?? 0)) / seconds,
        memory: sum.memory + (await memoryOf(pid)),
      };
    }
    return used;
  };
}

/** One line for people: `worker 0.09 cores 31 MiB · …`. */
export const usageLine = (used: Partial<Record<Kind, Usage>>): string =>
  kinds
    .flatMap((kind) => {
      const u = used[kind];
      return u ? [`${kind} ${u.cores.toFixed(2)} cores, ${Math.round(u.memory)} MiB`] : [];
    })
    .join(' · ');
