import type { SeatId } from '../../../server/domain/ids.ts';
import type { Link } from '../../link/link.ts';

/** Whether a seat is known to have no connection. Points are not told of others' connections. */
export function isAway(link: Link, seat: SeatId): boolean {
  const role = link.welcome.value?.role;
  if (role === undefined || role === 'point') return false;
  return link.state.value?.seats[seat]?.status !== 'connected';
}
