import type { AgendaItem } from '../../server/domain/agenda.ts';
import type { BriefingState } from '../../server/domain/briefing.ts';

export interface AgendaNow {
  readonly item: AgendaItem;
  /** Its place on the agenda, from 1. */
  readonly place: number;
  readonly of: number;
}

/** The item under way; null before the first, and once the briefing is closed. */
export function agendaNow({ agenda, agendaAt, phase }: BriefingState): AgendaNow | null {
  const index = agenda.findIndex(({ id }) => id === agendaAt?.item);
  const item = agenda[index];
  return item && phase !== 'closed' ? { item, place: index + 1, of: agenda.length } : null;
}
