import type { SeatId } from '../../../server/domain/ids.ts';
import type { Link } from '../../link/link.ts';

/** Whether a seat is known to have no connection. */
export function isAway(link: Link, seat: SeatId): boolean {
  const state = link.state.value;
  return state !== null && state.seats[seat]?.status !== 'connected';
}
