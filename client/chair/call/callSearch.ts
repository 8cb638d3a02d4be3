import type { Seat } from '../../../server/domain/roster.ts';
import { plain } from '../../ui/search.ts';
import { findsSeat } from '../roster/listing.ts';

/** How well a name answers what was typed; the lower, the better. */
function distance(query: string, seat: Seat): number {
  const wanted = plain(query);
  const names = [seat.name.vi, seat.name.en, seat.shortName.vi, seat.shortName.en].map(plain);
  if (names.includes(wanted)) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;
  return names.some((name) => ` ${name}`.includes(` ${wanted}`)) ? 2 : 3;
}

/** More than this nobody reads: another letter is faster. */
const most = 8;

/**
 * Points for what was typed, the best answer first: the whole name, its beginning, the beginning of
 * one of its words, its initials; equals in protocol order. Nothing typed finds nothing.
 */
export function callSearch(query: string, seats: readonly Seat[]): Seat[] {
  if (plain(query) === '') return [];
  return seats
    .filter((seat) => findsSeat(query, seat))
    .map((seat) => ({ seat, at: distance(query, seat) }))
    .sort((a, b) => a.at - b.at || a.seat.order - b.seat.order)
    .slice(0, most)
    .map(({ seat }) => seat);
}
