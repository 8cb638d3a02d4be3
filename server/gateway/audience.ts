import type { BriefingState } from '../domain/briefing.ts';
import type { Recorded } from '../domain/event.ts';
import type { SeatId } from '../domain/ids.ts';
import { isFor, type Message } from '../domain/message.ts';
import type { Role } from '../domain/permits.ts';
import type { Seat } from '../domain/roster.ts';
import type { Vote } from '../domain/vote.ts';

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
    case 'briefing.planned':
    case 'phase.changed':
    case 'seat.joined':
    case 'seat.left':
    case 'seat.lost':
    case 'seat.excused':
    case 'seat.awaited':
    case 'floor.accepted':
    case 'floor.moved':
    case 'floor.granted':
    case 'floor.released':
    case 'floor.revoked':
    case 'floor.rulesChanged':
    case 'floor.extended':
    case 'floor.credited':
    case 'layout.changed':
    case 'agenda.entered':
    case 'agenda.changed':
    case 'vote.opened':
    case 'vote.closed':
    case 'directive.given':
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
    case 'rollCall.declared':
    case 'vote.cast':
    case 'directive.received':
      return [e.seat];
    case 'message.sent':
    case 'message.withdrawn':
      return e.to;
    case 'directive.settled':
      return e.was === 'given' ? 'all' : 'none';
    case 'lineCheck.started':
    case 'lineCheck.recorded':
    case 'directive.written':
    case 'notice.issued':
    case 'journal.resumed':
      return 'none';
  }
}

/** What the office is told of an event: all, but for what was chosen in a secret vote. */
export function forOffice(recorded: Recorded): Recorded {
  const { event } = recorded;
  if (event.type !== 'vote.cast' || !event.secret) return recorded;
  return { ...recorded, event: { ...event, option: null } };
}

/**
 * What points may know of an event that is shown to them: not which socket holds which seat, nor
 * to whom else a message went that was not for all, nor what is planned to be given to them.
 */
export function forPoints(recorded: Recorded, seat?: SeatId): Recorded {
  const { event } = recorded;
  if (event.type === 'briefing.planned') {
    return { ...recorded, event: { ...event, plan: { ...event.plan, directives: [] } } };
  }
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
  if (audienceOf(viewer.role) === 'office') return { ...state, votes: state.votes.map(sealed) };
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
  return { ...state, ...ownBusiness(state, own), seats, messages, floor: { ...floor, requests } };
}

const own = <T>(all: Readonly<Record<SeatId, T>>, seat: SeatId | null): Record<SeatId, T> =>
  seat !== null && Object.hasOwn(all, seat) ? { [seat]: all[seat] as T } : {};

/** Of a secret vote nobody is shown what a site chose; the counts come when it is closed. */
const sealed = (v: Vote): Vote =>
  v.secret
    ? { ...v, cast: Object.fromEntries(Object.keys(v.cast).map((seat) => [seat, null])) }
    : v;

/** Of roll call, line checks, votes and receipts a point sees its own; drafts it never sees. */
const ownBusiness = (state: BriefingState, seat: SeatId | null) => ({
  rollCall: own(state.rollCall, seat),
  lineCheckRun: null,
  lineChecks: {},
  votes: state.votes.map((v) => ({ ...v, cast: own(v.cast, seat) })),
  issuedNotice: null,
  directives: state.directives
    .filter(({ status, givenAt }) => status !== 'draft' && givenAt !== null)
    .map((d) => ({ ...d, received: own(d.received, seat) })),
});

/** To whom else it went, and who else has acknowledged it, is the office's to know. */
const messageFor = (m: Message, seat: SeatId): Message => ({
  ...m,
  to: m.to === 'all' ? m.to : [seat],
  acknowledged: m.acknowledged[seat] === undefined ? {} : { [seat]: m.acknowledged[seat] },
});

/** As it is after folding what points are sent, so that a snapshot and the events agree. */
const unplugged = (s: Seat): Seat => (s.connection === null ? s : { ...s, connection: '' });

const unseen = (s: Seat): Seat => ({ ...unplugged(s), muted: false });
