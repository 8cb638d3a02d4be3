import type { SeatId } from '../../server/domain/ids.ts';

interface Step {
  /** All sites of the display in their order; the one that is shown may have left meanwhile. */
  readonly order: readonly SeatId[];
  /** Whether a site has anything to be shown. */
  readonly shows: (seat: SeatId) => boolean;
  readonly at: SeatId | null;
  readonly by: 1 | -1;
}

/**
 * The site that the cyclic view goes to from `at` (cyclic viewing as in H.243): the next in order
 * that shows anything, and after the last the first again. Itself where it is the only one; null
 * where there is none.
 */
export function cycleFrom({ order, shows, at, by }: Step): SeatId | null {
  const from = at === null ? -1 : order.indexOf(at);
  // From nowhere, forwards comes to the first and backwards to the last.
  const begin = from < 0 && by < 0 ? 0 : from;
  for (let i = 1; i <= order.length; i++) {
    const seat = order[(((begin + i * by) % order.length) + order.length) % order.length];
    if (seat !== undefined && shows(seat)) return seat;
  }
  return null;
}
