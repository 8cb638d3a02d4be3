import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Instant } from '../../../server/domain/ids.ts';
import type { MinutesView } from '../records/minutesView.ts';

type Known = Pick<BriefingState, 'agendaAt' | 'phase'>;

/**
 * How long an item has taken so far, in milliseconds; null where it was never begun. The minutes
 * know of what was before (`past`, which may not have come yet); since they were read, the item
 * under way goes on, but not in a recess or after the close.
 */
export function itemUse(
  item: string,
  {
    state,
    past,
    now,
  }: { readonly state: Known; readonly past: MinutesView | null; readonly now: Instant },
): number | null {
  const before = past?.minutes.sequence.items.find((each) => each.item === item)?.usedMs ?? 0;
  const { agendaAt, phase } = state;
  if (agendaAt?.item !== item) return before > 0 ? before : null;
  const asOf = Math.max(past?.minutes.briefing.asOf ?? 0, agendaAt.since);
  const goesOn = phase === 'gathering' || phase === 'inSession';
  return before + (goesOn ? Math.max(0, now - asOf) : 0);
}
