/**
 * The verdict of a soak, pure: does something grow? What is compared are quiet states: everybody
 * has left, and what a process keeps after that it keeps for nothing.
 */

/** One quiet state. */
export interface Sample {
  /** Since the soak began, in minutes. */
  readonly minutes: number;
  /** `<process>.<count>`. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface Tolerance {
  /** How much more than after the warm-up is no growth; with `none`, more than nothing. */
  readonly more: number;
  /**
   * `none`: what is there in any quiet state was forgotten; if it has gone later, then only because
   * its process died. `count`: what is more at the end is left over. `memory`: allocators and
   * compilers take more for a while without a leak, so that it must also still be rising.
   */
  readonly kind: 'none' | 'count' | 'memory';
}

export interface Verdict {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** The most that any quiet state had. */
  readonly most: number;
  /** By Theil and Sen over the later quiet states, an hour. NaN where there are fewer than three. */
  readonly anHour: number;
  readonly tolerance: Tolerance;
  readonly grows: boolean;
}

/**
 * The slope of Theil and Sen: the median of the slopes between all pairs, which up to 29 % of wild
 * values do not move. NaN for fewer than two points.
 */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes = points.flatMap(([x, y], i) =>
    points.slice(i + 1).flatMap(([x2, y2]) => (x2 === x ? [] : [(y2 - y) / (x2 - x)])),
  );
  return median(slopes);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

/** The first third of the quiet states shows how caches fill; a leak goes on after that. */
const later = <T>(values: readonly T[]): readonly T[] =>
  values.slice(Math.floor(values.length / 3));

/**
 * Judges every count that a tolerance is given for; the first sample is the quiet state after the
 * warm-up, the last is the one at the end.
 *
 * A count grows when more is left at the end than after the warm-up; also when it has risen since
 * some quiet state and the slope of the later ones makes up that much over their time (the warm-up
 * may have ended high). Memory grows when it has risen and its slope says so.
 */
export function judge(
  samples: readonly Sample[],
  toleranceOf: (name: string) => Tolerance | undefined,
): Verdict[] {
  const names = new Set(samples.flatMap(({ counts }) => Object.keys(counts)));
  return [...names].flatMap((name) => {
    const tolerance = toleranceOf(name);
    const points = samples.flatMap(({ minutes, counts }) => {
      const value = counts[name];
      return value === undefined ? [] : [[minutes, value] as const];
    });
    const [begin, end] = [points[0], points.at(-1)];
    return tolerance && begin && end ? [verdict(name, points, { begin, end, tolerance })] : [];
  });
}

type Point = readonly [minutes: number, value: number];

function verdict(
  name: string,
  points: readonly Point[],
  { begin, end, tolerance }: { begin: Point; end: Point; tolerance: Tolerance },
): Verdict {
  const values = points.map(([, value]) => value);
  const used = later(points);
  const perMinute = used.length < 3 ? Number.NaN : slope(used);
  const span = end[0] - (used[0] ?? end)[0];
  const left = end[1] - begin[1] > tolerance.more;
  const risen = end[1] - Math.min(...values) > tolerance.more;
  const rising = risen && perMinute * span > tolerance.more;
  // With too few samples for a slope, what is left decides alone.
  const most = Math.max(...values);
  const grows = {
    none: most > tolerance.more,
    count: left || rising,
    memory: Number.isNaN(perMinute) ? left : rising,
  };
  return {
    name,
    first: begin[1],
    last: end[1],
    most,
    anHour: perMinute * 60,
    tolerance,
    grows: grows[tolerance.kind],
  };
}
