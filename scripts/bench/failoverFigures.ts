import type { ScenarioName } from './failoverFaults.ts';
import type { Gaps } from './failoverWatched.ts';
import { type Figure, figure, rounded } from './figures.ts';

/** From here on a gap is one that a person notices, in milliseconds. */
const noticed = 200;

export interface Trial {
  readonly scenario: ScenarioName | 'reference';
  /** Which of the scenario's faults. */
  readonly fault: string;
  /** One for each site. */
  readonly gaps: readonly Gaps[];
  /** The same from when all is being brought back. */
  readonly back: readonly Gaps[];
  readonly control: number;
  /** Whether floor, queue, mute locks and presence are as they were. */
  readonly kept: boolean;
}

const spread = (values: readonly number[]) => values.map(Math.round).join(' ');

/** A trial for people. */
export function lineOf({ scenario, fault, gaps, back, control, kept }: Trial): string {
  const pictures = gaps.map((g) => g.picture);
  const sounds = gaps.map((g) => g.sound);
  const hit = gaps.filter((g) => g.picture > noticed || g.sound > noticed).length;
  const worst = (of: keyof Gaps) => Math.round(Math.max(...back.map((g) => g[of])));
  return [
    `${scenario} (${fault}): picture ${spread(pictures)}, sound ${spread(sounds)} ms`,
    `${hit} of ${gaps.length} sites over ${noticed} ms`,
    `control ${Math.round(control)} ms`,
    `when it is back: picture ${worst('picture')}, sound ${worst('sound')} ms at most`,
    kept ? 'floor, queue, mutes and seats as before' : 'STATE HAS CHANGED',
  ].join(' · ');
}

function figuresOf(name: string, trials: readonly Trial[]): Figure[] {
  const all = (of: keyof Gaps) => trials.flatMap(({ gaps }) => gaps.map((g) => g[of]));
  const back = (of: keyof Gaps) => trials.flatMap((t) => t.back.map((g) => g[of]));
  return [
    figure(`${name}.picture`, 'ms', all('picture')),
    figure(`${name}.sound`, 'ms', all('sound')),
    figure(
      `${name}.control`,
      'ms',
      trials.map(({ control }) => control),
    ),
    figure(`${name}.back.picture`, 'ms', back('picture')),
    figure(`${name}.back.sound`, 'ms', back('sound')),
  ];
}

export function resultsOf(trials: readonly Trial[]): Figure[] {
  return [...Map.groupBy(trials, (t) => t.scenario)].flatMap(([name, mine]) => {
    const byFault = [...Map.groupBy(mine, (t) => t.fault)];
    const parts = byFault.length > 1 ? byFault : [];
    return [
      ...figuresOf(name, mine),
      ...parts.flatMap(([fault, some]) => figuresOf(`${name}.${fault}`, some).slice(0, 3)),
    ];
  });
}

/** How many times as long as with nothing done, at the 95th percentile. */
export function ratiosOf(results: readonly Figure[]): Record<string, number> {
  const p95 = new Map(results.map((r) => [r.name, r.p95]));
  return Object.fromEntries(
    results.flatMap(({ name, p95: value }) => {
      const [scenario, what, more] = name.split('.');
      const base = p95.get(`reference.${what}`);
      if (scenario === 'reference' || more !== undefined || !base) return [];
      return [[`${name}/reference`, rounded(value / base)]];
    }),
  );
}
