import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import { inOrder } from '../../ui/roster.ts';
import { place } from '../place.ts';
import { type Ails, listed } from './listing.ts';
import type { Trouble } from './troubles.ts';
import { useTroubles } from './useTroubles.ts';

interface Listed {
  /** In protocol order. */
  readonly all: readonly Seat[];
  /** As the roster's search, filter and order have it now. */
  readonly shown: readonly Seat[];
  readonly troubles: ReadonlyMap<SeatId, readonly Trouble[]>;
  readonly ails: Ails;
}

export function useListed(state: BriefingState): Listed {
  const troublesOf = useTroubles();
  const all = inOrder(state.seats);
  const troubles = new Map(all.map((seat) => [seat.id, troublesOf(seat)]));
  const ails = ({ id }: Seat) => (troubles.get(id)?.length ?? 0) > 0;
  const shown = listed({
    seats: all,
    query: place.query.value,
    filter: place.filter.value,
    order: place.order.value,
    ails,
  });
  return { all, shown, troubles, ails };
}
