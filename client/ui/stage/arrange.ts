import type { SeatId } from '../../../server/domain/ids.ts';
import type { Programme } from '../../../server/domain/routing.ts';

/** Who stands where in the programme picture, before any geometry. */
export interface Arrangement {
  /** Large; several floor holders share the space. */
  readonly main: readonly SeatId[];
  /** The chair, small, while others speak. */
  readonly inset: SeatId | null;
  readonly presenter: SeatId | null;
  /** Received and decoded, but not shown: the next to speak. */
  readonly standby: SeatId | null;
}

/** Nothing goes out: pages hold a still picture. */
export const nothingShown: Arrangement = { main: [], inset: null, presenter: null, standby: null };

/**
 * Places a programme for one page. `hidden` is the seat that the page never shows large: its own,
 * because whoever is on air watches the room and not a mirror.
 */
export function arrange(programme: Programme, hidden: SeatId | null): Arrangement {
  if (!programme.live) return nothingShown;
  const seen = (seat: SeatId | null) => seat !== null && seat !== hidden;
  const speakers = programme.speakers.filter(seen);
  const chair = seen(programme.chair) ? programme.chair : null;
  const main = speakers.length > 0 ? speakers : chair === null ? [] : [chair];
  const inset = speakers.length > 0 && !speakers.includes(chair ?? '') ? chair : null;
  const { cue, presenter } = programme;
  const standby = cue !== null && seen(cue) && cue !== inset && !main.includes(cue) ? cue : null;
  return { main, inset, presenter: seen(presenter) ? presenter : null, standby };
}
