import type { Tone } from './Badge.tsx';
import { type Measured, spanOf, stretches } from './sparkPath.ts';

interface SparklineProps {
  /** Oldest first; null where nothing was measured, which shows as a gap. */
  readonly values: readonly Measured[];
  /** The graph in words: what it shows and where it stands now. */
  readonly label: string;
  readonly min?: number | undefined;
  /** The top of the scale; greater values raise it. */
  readonly max?: number | undefined;
  /** A dashed line at what should not be passed. */
  readonly bound?: number | undefined;
  readonly tone?: Exclude<Tone, 'onAir'> | undefined;
}

const width = 120;
const height = 32;

/** A small graph of the last while, as wide and high as its place. */
export function Sparkline({ values, label, min, max, bound, tone = 'plain' }: SparklineProps) {
  const span = spanOf(bound === undefined ? values : [...values, bound], { min, max });
  const runs = stretches(values, { ...span, width, height });
  const at = bound === undefined ? null : height * (1 - (bound - span.min) / (span.max - span.min));
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      data-tone={tone}
    >
      {at !== null && <line class="bound" x1="0" x2={width} y1={at} y2={at} />}
      {runs.map((run) => {
        const [first, last] = [run[0], run.at(-1)];
        if (!first || !last) return null;
        // A single measurement would have no length to draw.
        const points = run.length > 1 ? run : [first, [first[0] + 1, first[1]] as const];
        const line = points.map((p) => p.join(',')).join(' ');
        return (
          <g key={first[0]}>
            <polygon class="area" points={`${first[0]},${height} ${line} ${last[0]},${height}`} />
            <polyline class="curve" points={line} />
          </g>
        );
      })}
    </svg>
  );
}
