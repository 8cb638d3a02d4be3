import type { BriefingState } from '../domain/briefing.ts';
import type { Recorded } from '../domain/event.ts';
import type { SeatId } from '../domain/ids.ts';
import type { Role } from '../domain/permits.ts';
import type { Seat } from '../domain/roster.ts';

/** The office sees everything; a point what concerns it or was published. */
export type Audience = 'office' | 'points';

export const audienceOf = (role: Role): Audience => (role === 'point' ? 'points' : 'office');

/**
 * Whom among the points an event is for: all of them, the one seat that it concerns, or nobody.
 * Published is what happens on the programme and in the queue, and who is here (a site must be able
 * to say that the speaker's line is lost); who was muted and what was merely asked for stay between
 * the office and that point.
 */
export function shownToPoints({ event: e }: Recorded): 'all' | 'none' | { readonly seat: SeatId } {
  switch (e.type) {
    case 'phase.changed':
    case 'seat.joined':
    case 'seat.left':
    case 'seat.lost':
    case 'floor.accepted':
    case 'floor.moved':
    case 'floor.granted':
    case 'floor.released':
    case 'floor.revoked':
    case 'floor.rulesChanged':
    case 'presentation.started':
    case 'presentation.stopped':
      return 'all';
    case 'floor.denied':
    case 'floor.cancelled':
      return e.was === 'accepted' ? 'all' : { seat: e.beneficiary };
    case 'floor.requested':
      return { seat: e.beneficiary };
    case 'seat.muted':
    case 'seat.unmuted':
      return { seat: e.seat };
    case 'briefing.planned':
    case 'journal.resumed':
      return 'none';
  }
}

/** What points may know of an event that is shown to them: not which socket holds which seat. */
export function forPoints(recorded: Recorded): Recorded {
  const { event } = recorded;
  return 'connection' in event ? { ...recorded, event: { ...event, connection: '' } } : recorded;
}

/** The state as this viewer may see it: the same shape, with what is not its business left out. */
export function visibleTo(
  state: BriefingState,
  viewer: { readonly role: Role; readonly seat: SeatId | null },
): BriefingState {
  if (audienceOf(viewer.role) === 'office') return state;
  const { floor } = state;
  const requests = floor.requests.filter(
    (r) => r.status !== 'pending' || r.beneficiary === viewer.seat,
  );
  const seats = Object.fromEntries(
    Object.values(state.seats).map((s) => [s.id, s.id === viewer.seat ? unplugged(s) : unseen(s)]),
  );
  return { ...state, seats, directives: [], floor: { ...floor, requests } };
}

/** As it is after folding what points are sent, so that a snapshot and the events agree. */
const unplugged = (s: Seat): Seat => (s.connection === null ? s : { ...s, connection: '' });

const unseen = (s: Seat): Seat => ({ ...unplugged(s), muted: false });
