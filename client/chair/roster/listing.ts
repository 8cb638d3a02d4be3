import type { Seat } from '../../../server/domain/roster.ts';
import { finds } from '../../ui/search.ts';

export const rosterFilters = ['all', 'connected', 'absent', 'faults', 'muted'] as const;
export type RosterFilter = (typeof rosterFilters)[number];

/** protocol: as it is fixed · absent, faults: those first, each part in protocol order. */
export const rosterOrders = ['protocol', 'absent', 'faults'] as const;
export type RosterOrder = (typeof rosterOrders)[number];

export type Ails = (seat: Seat) => boolean;

const isAbsent = (seat: Seat): boolean => seat.status === 'expected' || seat.status === 'excused';

export function matches(filter: RosterFilter, seat: Seat, ails: Ails): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'connected':
      return seat.status === 'connected';
    case 'absent':
      return isAbsent(seat);
    case 'faults':
      return ails(seat);
    case 'muted':
      return seat.muted;
  }
}

/** Whether typing finds the seat, by either language's name, whole or short. */
export const findsSeat = (query: string, { name, shortName }: Seat): boolean =>
  [name.vi, name.en, shortName.vi, shortName.en].some((words) => finds(query, words));

interface Listing {
  /** In protocol order. */
  readonly seats: readonly Seat[];
  readonly query: string;
  readonly filter: RosterFilter;
  readonly order: RosterOrder;
  readonly ails: Ails;
}

/** The seats to list, in the order to list them. */
export function listed({ seats, query, filter, order, ails }: Listing): Seat[] {
  const shown = seats.filter((s) => matches(filter, s, ails) && findsSeat(query, s));
  if (order === 'protocol') return shown;
  const first = order === 'absent' ? isAbsent : ails;
  return [...shown.filter(first), ...shown.filter((s) => !first(s))];
}
