import type { Sample, Verdict } from './growth.ts';

const isBytes = (name: string): boolean => name.endsWith('Bytes');

const amount = (name: string, value: number): string => {
  if (Number.isNaN(value)) return '–';
  if (!isBytes(name)) return String(Math.round(value * 10) / 10);
  return `${(value / 1024 / 1024).toFixed(1)} MiB`;
};

const heads = ['', 'warmed up', 'most', 'at the end', 'an hour', 'may rise', ''] as const;

/** One table for people. What is nothing at all times takes one line for each process. */
export function table(verdicts: readonly Verdict[]): string {
  const nothing = ({ most, grows }: Verdict) => most === 0 && !grows;
  const rows = verdicts
    .filter((v) => !nothing(v))
    .map((v) => [
      v.name,
      amount(v.name, v.first),
      amount(v.name, v.most),
      amount(v.name, v.last),
      amount(v.name, v.anHour),
      amount(v.name, v.tolerance.more),
      v.grows ? 'GROWS' : 'ok',
    ]);
  const zeros = verdicts.filter(nothing).map(({ name }) => name);
  return [...columns([[...heads], ...rows]), ...zeroLines(zeros)].join('\n');
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = heads.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  '),
  );
}

function zeroLines(names: readonly string[]): string[] {
  const of = Map.groupBy(names, (name) => name.slice(0, name.lastIndexOf('.')));
  return [...of].map(
    ([process, all]) =>
      `${process}: 0 at all times: ${all.map((name) => name.slice(process.length + 1)).join(', ')}`,
  );
}

export interface SoakResult {
  readonly options: Readonly<Record<string, number>>;
  /** How often each act was done. */
  readonly done: Readonly<Record<string, number>>;
  readonly samples: readonly Sample[];
  readonly verdicts: readonly Verdict[];
  readonly unexpectedKeys: readonly string[];
}

/** The same for machines, on one line. */
export function jsonLine({ options, done, samples, verdicts, unexpectedKeys }: SoakResult): string {
  return JSON.stringify({
    soak: options,
    at: new Date().toISOString(),
    done,
    samples: samples.length,
    minutes: samples.at(-1)?.minutes,
    results: verdicts.map(({ name, first, most, last, anHour, tolerance, grows }) => ({
      name,
      first,
      most,
      last,
      anHour: Number.isNaN(anHour) ? null : Math.round(anHour * 100) / 100,
      mayRise: tolerance.more,
      grows,
    })),
    unexpectedKeys,
    grows: verdicts.filter(({ grows }) => grows).map(({ name }) => name),
  });
}
