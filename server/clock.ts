import type { Instant } from './domain/ids.ts';

/** When a rehearsal's clock stood where, and how fast it goes. */
export interface RehearsalClock {
  /** Where the clock stood, and when that really was; epoch milliseconds. */
  readonly at: Instant;
  readonly since: Instant;
  /** Milliseconds of the briefing for each real one. */
  readonly speed: number;
}

/** The time that briefings go by. Leases, passes and lines go by the machine's own. */
export interface BriefingClock {
  readonly now: () => Instant;
  /** How long a stretch of the briefing's time really takes, in milliseconds. */
  readonly real: (ms: number) => number;
  /** Milliseconds of the briefing for each real one; 1 but in a rehearsal. */
  readonly speed: number;
}

/** The machine's clock; or a rehearsal's, which may stand in another year and go faster. */
export function briefingClock(
  rehearsal: RehearsalClock | undefined,
  machine: () => Instant = Date.now,
): BriefingClock {
  if (!rehearsal) return { now: machine, real: (ms) => ms, speed: 1 };
  const { at, since, speed } = rehearsal;
  return {
    now: () => Math.round(at + (machine() - since) * speed),
    real: (ms) => ms / speed,
    speed,
  };
}
