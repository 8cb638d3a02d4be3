import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import { inOrder } from '../../ui/roster.ts';
import { place } from '../place.ts';
import { type Ails, listed } from './listing.ts';
import { useTroubles } from './useTroubles.ts';

interface Listed {
  /** In protocol order. */
  readonly all: readonly Seat[];
  /** As the roster's search, filter and order have it now. */
  readonly shown: readonly Seat[];
  readonly ails: Ails;
}

export function useListed(state: BriefingState): Listed {
  const troublesOf = useTroubles();
  const all = inOrder(state.seats);
  const ailing = new Set(all.filter((seat) => troublesOf(seat).length > 0).map(({ id }) => id));
  const ails = ({ id }: Seat) => ailing.has(id);
  const shown = listed({
    seats: all,
    query: place.query.value,
    filter: place.filter.value,
    order: place.order.value,
    ails,
  });
  return { all, shown, ails };
}
