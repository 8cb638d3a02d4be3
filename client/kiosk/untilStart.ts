import type { Instant } from '../../server/domain/ids.ts';

/** How far off a briefing's beginning is; null when that is of no interest any more. */
export type Countdown =
  | { readonly is: 'days'; readonly days: number }
  /** Whole seconds, as milliseconds. */
  | { readonly is: 'time'; readonly left: number }
  | { readonly is: 'now' };

const day = 86_400_000;
/** From two days on nobody counts hours. */
const inDays = 2 * day;
/** So long after its hour a briefing that does not begin is said to be due, in milliseconds. */
const dueFor = 30 * 60_000;

/** `startsAt` is ISO 8601 with its offset; without one nobody could say when it is. */
export function countdown(startsAt: string, now: Instant): Countdown | null {
  const at = /(Z|[+-]\d\d:?\d\d)$/.test(startsAt) ? Date.parse(startsAt) : Number.NaN;
  const left = at - now;
  if (Number.isNaN(left) || left < -dueFor) return null;
  if (left <= 0) return { is: 'now' };
  if (left >= inDays) return { is: 'days', days: Math.floor(left / day) };
  return { is: 'time', left: Math.ceil(left / 1_000) * 1_000 };
}
