import { availableParallelism } from 'node:os';

export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 's' | 'commands/s' | 'XADDs/s' | 'kB' | 'frames/s';
  readonly n: number;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface Figures {
  readonly results: readonly Figure[];
  readonly ratios: Readonly<Record<string, number>>;
}

/** What a bench gets to work with. */
export interface BenchContext {
  readonly root: string;
  /** A line about how it is going, for people. */
  readonly note: (line: string) => void;
  /** What has to be ended, whatever happens; ended in the reverse order. */
  readonly cleanUp: (end: () => Promise<unknown>) => void;
  /** Further words of the command line. */
  readonly options: readonly string[];
}

export type Bench = (context: BenchContext) => Promise<Figures>;

/** Nearest-rank percentiles: each is a value that was really measured. */
export function figure(name: string, unit: Figure['unit'], values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) =>
    rounded(sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN);
  return {
    name,
    unit,
    n: sorted.length,
    min: at(0),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
  };
}

export const rounded = (value: number): number => Number(value.toPrecision(5));

export const report = (bench: string, { results, ratios }: Figures): string =>
  JSON.stringify({
    bench,
    at: new Date().toISOString(),
    cores: availableParallelism(),
    results,
    ratios,
  });

/** The value of `--name value` among the words of a command line. */
export function optionOf(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(`--${name}`);
  return at < 0 ? undefined : words[at + 1];
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
