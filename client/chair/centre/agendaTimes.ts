import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Instant } from '../../../server/domain/ids.ts';

type AgendaItem = BriefingState['agenda'][number];

export interface PlannedTime {
  readonly item: AgendaItem;
  readonly from: Instant;
  readonly to: Instant;
}

const minute = 60_000;

/**
 * When each item begins and ends if all goes as planned. The invitation names a local time; read
 * as UTC it keeps its hour, so these instants are to be shown as UTC. Empty for an unreadable time.
 */
export function agendaTimes(startsAt: string, agenda: readonly AgendaItem[]): PlannedTime[] {
  let from = Date.parse(`${startsAt.slice(0, 'yyyy-mm-ddThh:mm'.length)}Z`);
  if (Number.isNaN(from)) return [];
  return agenda.map((item) => {
    const to = from + item.minutes * minute;
    const planned = { item, from, to };
    from = to;
    return planned;
  });
}
