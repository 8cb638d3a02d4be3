import type { Instant, SeatId } from '../../../server/domain/ids.ts';
import { type Arrangement, nothingShown } from './arrange.ts';

/** How long the former picture may stand in for one that has not arrived, in milliseconds. */
export const longestHold = 1_200;

export interface Held {
  readonly shown: Arrangement;
  /** When `shown` first fell behind what should be shown; null while it is up to date. */
  readonly since: Instant | null;
}

export const heldNothing: Held = { shown: nothingShown, since: null };

interface Step {
  readonly held: Held;
  readonly target: Arrangement;
  /** Whether a seat's camera or presentation has a decoded picture on this page (or can have none). */
  readonly ready: (seat: SeatId, source: 'camera' | 'presentation') => boolean;
  readonly now: Instant;
}

/**
 * What to show now. A change of the large picture waits until the new one has really arrived, so
 * that nobody ever sees a black hole, but not longer than `longestHold`.
 */
export function hold({ held, target, ready, now }: Step): Held {
  const { shown } = held;
  const due = { shown: target, since: null };
  if (shown.main.length === 0 || target.main.length === 0) return due;
  const arriving = target.main.filter((seat) => !shown.main.includes(seat));
  const slides = target.presenter !== shown.presenter ? target.presenter : null;
  const waits =
    arriving.some((seat) => !ready(seat, 'camera')) ||
    (slides !== null && !ready(slides, 'presentation'));
  if (!waits) return due;
  const since = held.since ?? now;
  return now - since >= longestHold ? due : { shown, since };
}
