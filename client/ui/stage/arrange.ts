import type { SeatId } from '../../../server/domain/ids.ts';
import type { Programme } from '../../../server/domain/routing.ts';

/** Who stands where in the programme picture, before any geometry. */
export interface Arrangement {
  /** Large; several share the space. */
  readonly main: readonly SeatId[];
  /** The chair, small, while others speak. */
  readonly inset: SeatId | null;
  readonly presenter: SeatId | null;
  /** Received and decoded, but not shown: the next to speak. */
  readonly standby: SeatId | null;
}

/** Nothing goes out: pages hold a still picture. */
export const nothingShown: Arrangement = { main: [], inset: null, presenter: null, standby: null };

type Faces = Pick<Arrangement, 'main' | 'inset'>;

/**
 * Places a programme for one page, by the layout that the chair chose. `hidden` is the seat that
 * the page never shows large: its own, because whoever is on air watches the room and not a mirror.
 */
export function arrange(programme: Programme, hidden: SeatId | null): Arrangement {
  if (!programme.live) return nothingShown;
  const { cue, presenter } = programme;
  const seen = (seat: SeatId | null) => seat !== null && seat !== hidden;
  const { main, inset } = facesOf(programme, seen);
  const standby = cue !== null && seen(cue) && cue !== inset && !main.includes(cue) ? cue : null;
  const slides = programme.layout === 'presentation' && seen(presenter);
  return { main, inset, presenter: slides ? presenter : null, standby };
}

function facesOf(programme: Programme, seen: (seat: SeatId | null) => boolean): Faces {
  const chair = seen(programme.chair) ? programme.chair : null;
  const speakers = programme.speakers.filter(seen);
  const alone: Faces = { main: chair === null ? [] : [chair], inset: null };
  if (speakers.length === 0) return alone;
  switch (programme.layout) {
    case 'chair':
      return alone;
    case 'sideBySide':
      return { main: [...new Set([...alone.main, ...speakers])], inset: null };
    case 'presentation':
    case 'speaker':
      return { main: speakers, inset: speakers.includes(chair ?? '') ? null : chair };
  }
}
