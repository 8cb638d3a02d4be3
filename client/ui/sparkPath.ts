/** A value that was measured, or null where nothing came. */
export type Measured = number | null;

interface Scale {
  readonly min: number;
  readonly max: number;
  readonly width: number;
  readonly height: number;
}

/** The least and the greatest to draw: what was given, else what was measured, never an empty span. */
export function spanOf(
  values: readonly Measured[],
  given: { readonly min?: number | undefined; readonly max?: number | undefined },
): { readonly min: number; readonly max: number } {
  const known = values.filter((v) => v !== null);
  const min = given.min ?? Math.min(0, ...known);
  const max = Math.max(given.max ?? 0, ...known);
  return { min, max: max > min ? max : min + 1 };
}

/** Stretches of neighbouring measured values as points; a gap stays a gap. */
export function stretches(
  values: readonly Measured[],
  { min, max, width, height }: Scale,
): readonly (readonly (readonly [number, number])[])[] {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const runs: [number, number][][] = [];
  let run: [number, number][] | null = null;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      run = null;
      continue;
    }
    if (!run) {
      run = [];
      runs.push(run);
    }
    const part = Math.min(1, Math.max(0, (value - min) / (max - min)));
    run.push([round(index * step), round(height * (1 - part))]);
  }
  return runs;
}

const round = (n: number) => Math.round(n * 10) / 10;
