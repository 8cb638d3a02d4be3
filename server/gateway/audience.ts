import type { BriefingState } from '../domain/briefing.ts';
import type { Recorded } from '../domain/event.ts';
import type { SeatId } from '../domain/ids.ts';
import { isFor, type Message } from '../domain/message.ts';
import type { Role } from '../domain/permits.ts';
import type { Seat } from '../domain/roster.ts';

/** The office sees everything; a point what concerns it or was published. */
export type Audience = 'office' | 'points';

export const audienceOf = (role: Role): Audience => (role === 'point' ? 'points' : 'office');

/**
 * Whom among the points an event is for: all of them, the seats that it concerns, or nobody.
 * Published is what happens on the programme and in the queue, and who is here (a site must be able
 * to say that the speaker's line is lost); who was muted and what was merely asked for stay between
 * the office and that point.
 */
export function shownToPoints({ event: e }: Recorded): 'all' | 'none' | readonly SeatId[] {
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
    case 'floor.extended':
    case 'floor.credited':
    case 'layout.changed':
    case 'presentation.started':
    case 'presentation.stopped':
      return 'all';
    case 'floor.denied':
    case 'floor.cancelled':
      return e.was === 'accepted' ? 'all' : [e.beneficiary];
    case 'floor.requested':
      return [e.beneficiary];
    case 'seat.muted':
    case 'seat.unmuted':
    case 'message.acknowledged':
      return [e.seat];
    case 'message.sent':
    case 'message.withdrawn':
      return e.to;
    case 'briefing.planned':
    case 'journal.resumed':
      return 'none';
  }
}

/**
 * What points may know of an event that is shown to them: not which socket holds which seat, nor
 * to whom else a message went that was not for all.
 */
export function forPoints(recorded: Recorded, seat?: SeatId): Recorded {
  const { event } = recorded;
  if ('connection' in event) return { ...recorded, event: { ...event, connection: '' } };
  const addressed = event.type === 'message.sent' || event.type === 'message.withdrawn';
  if (addressed && event.to !== 'all' && seat !== undefined) {
    return { ...recorded, event: { ...event, to: [seat] } };
  }
  return recorded;
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
  const { seat: own } = viewer;
  const messages = state.messages
    .filter((m) => own !== null && isFor(m, own))
    .map((m) => messageFor(m, own ?? ''));
  return { ...state, seats, directives: [], messages, floor: { ...floor, requests } };
}

/** To whom else it went, and who else has acknowledged it, is the office's to know. */
const messageFor = (m: Message, seat: SeatId): Message => ({
  ...m,
  to: m.to === 'all' ? m.to : [seat],
  acknowledged: m.acknowledged[seat] === undefined ? {} : { [seat]: m.acknowledged[seat] },
});

/** As it is after folding what points are sent, so that a snapshot and the events agree. */
const unplugged = (s: Seat): Seat => (s.connection === null ? s : { ...s, connection: '' });

const unseen = (s: Seat): Seat => ({ ...unplugged(s), muted: false });
