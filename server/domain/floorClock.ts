import type { FloorRequest, SpeechRule } from './floor.ts';
import type { Instant } from './ids.ts';

type Timed = Pick<FloorRequest, 'grantedAt' | 'time'>;

/** How long a holder has really had the floor, in milliseconds: what an outage took is left out. */
export function usedMs({ grantedAt, time }: Timed, now: Instant): number {
  if (grantedAt === null || time === null) return 0;
  return Math.max(0, (time.stoppedAt ?? now) - grantedAt - time.creditedMs);
}

/** What is left of a speech, in milliseconds, negative once it is over; null where nothing limits it. */
export function remainingMs(request: Timed, now: Instant): number | null {
  const { time } = request;
  if (time === null || time.allottedMs === null) return null;
  return time.allottedMs + time.addedMs - usedMs(request, now);
}

/** When a speech is over if nothing happens; null where nothing limits it or the clock stands. */
export function endsAt({ grantedAt, time }: Timed): Instant | null {
  if (grantedAt === null || time === null || time.allottedMs === null) return null;
  if (time.stoppedAt !== null) return null;
  return grantedAt + time.allottedMs + time.addedMs + time.creditedMs;
}

/** free: no limit · running · warning: a warning is due, the `nth` from 1 · over: time is up. */
export type ClockStage =
  | { readonly is: 'free' | 'running' | 'over' }
  | { readonly is: 'warning'; readonly nth: number };

/** How far a speech's clock has come. */
export function clockStage(request: Timed, rule: SpeechRule, now: Instant): ClockStage {
  const left = remainingMs(request, now);
  if (left === null) return { is: 'free' };
  if (left <= 0) return { is: 'over' };
  const nth = rule.warningsMs.filter((before) => left <= before).length;
  return nth > 0 ? { is: 'warning', nth } : { is: 'running' };
}
