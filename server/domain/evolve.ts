import type { BriefingPlan, BriefingState } from './briefing.ts';
import type { Recorded } from './event.ts';
import { draft, evolveBusiness, isBusiness } from './evolveBusiness.ts';
import { type Floor, type FloorRequest, type FloorTime, requestById, requestOf } from './floor.ts';
import type { Instant, RequestId, SeatId } from './ids.ts';
import type { Message } from './message.ts';
import { type Seat, seatById } from './roster.ts';

/** A briefing of which nothing is known yet: what `evolve` starts from. */
export const nothing: BriefingState = {
  version: 0,
  id: '',
  title: { vi: '', en: '' },
  sector: { vi: '', en: '' },
  startsAt: '',
  timeZone: 'UTC',
  classification: 'internal',
  phase: 'scheduled',
  phaseSince: 0,
  chairPoint: '',
  agenda: [],
  reports: [],
  directives: [],
  seats: {},
  floor: {
    rules: {
      mode: 'moderated',
      maxFloorUsers: 1,
      graceMs: 0,
      speech: { allottedMs: null, warningsMs: [], atEnd: 'warn' },
      replyMs: null,
      interrupt: 'none',
    },
    requests: [],
    queue: [],
    replies: [],
    holders: [],
  },
  presentation: null,
  layout: 'presentation',
  messages: [],
  series: null,
  quorum: null,
  carriedOver: [],
  beganAt: null,
  agendaAt: null,
  rollCall: {},
  lineCheckRun: null,
  lineChecks: {},
  votes: [],
  issuedNotice: null,
};

/**
 * Folds one recorded event into the state. Total: servers fold the whole journal and browsers fold
 * only what their audience was sent, so an event about something unseen must leave the rest alone.
 */
export function evolve(state: BriefingState, recorded: Recorded): BriefingState {
  const { version, at, by, event: e } = recorded;
  const next = { ...state, version };
  if (isBusiness(e)) return evolveBusiness(next, recorded, e);
  switch (e.type) {
    case 'briefing.planned':
      return planned(next, e.plan, at);
    case 'phase.changed':
      return {
        ...next,
        phase: e.to,
        phaseSince: at,
        beganAt: next.beganAt ?? (e.to === 'inSession' ? at : null),
      };
    case 'seat.joined':
      return withSeat(next, e.seat, (s) => ({
        ...s,
        status: 'connected',
        since: at,
        connection: e.connection,
        lostAtVersion: null,
        firstJoinedAt: s.firstJoinedAt ?? at,
      }));
    case 'seat.left':
      return withSeat(next, e.seat, (s) => ({
        ...s,
        status: 'expected',
        since: at,
        connection: null,
        lostAtVersion: null,
      }));
    case 'seat.lost':
      return stopClock(
        withSeat(next, e.seat, (s) => ({
          ...s,
          status: 'lost',
          since: at,
          lostAtVersion: version,
        })),
        { seat: e.seat, at },
      );
    case 'seat.excused':
    case 'seat.awaited':
      return withSeat(next, e.seat, (s) => ({
        ...s,
        status: e.type === 'seat.excused' ? 'excused' : 'expected',
        since: at,
      }));
    case 'seat.muted':
      return withSeat(next, e.seat, (s) => ({ ...s, muted: true }));
    case 'seat.unmuted':
      return withSeat(next, e.seat, (s) => ({ ...s, muted: false }));
    case 'floor.requested':
      return withFloor(next, (f) => put(f, { ...requestFrom(e), status: 'pending' }));
    case 'floor.accepted':
      return withFloor(next, (f) =>
        enqueue(put(f, { ...requestFrom(e), status: 'accepted' }), e.request, e.position),
      );
    case 'floor.moved':
      return withFloor(next, (f) =>
        requestById(f, e.request) ? enqueue(f, e.request, e.position) : f,
      );
    case 'floor.granted':
      return withFloor(spoke(next, e.beneficiary), (f) => {
        const granted: FloorRequest = {
          ...requestFrom(e),
          status: 'granted',
          grantedAt: at,
          grantVersion: version,
          time: { allottedMs: e.allottedMs, addedMs: 0, creditedMs: 0, stoppedAt: null },
        };
        const rest = remove(f, e.request);
        return { ...put(rest, granted), holders: [...rest.holders, e.request] };
      });
    case 'floor.denied':
    case 'floor.cancelled':
    case 'floor.released':
    case 'floor.revoked':
      return withFloor(next, (f) => remove(f, e.request));
    case 'floor.extended':
      return withTime(next, e.request, (t) => ({ ...t, addedMs: t.addedMs + e.byMs }));
    case 'floor.credited':
      return withTime(next, e.request, (t) => ({
        ...t,
        creditedMs: t.creditedMs + e.byMs,
        stoppedAt: e.cause === 'lineLost' ? null : t.stoppedAt,
      }));
    case 'floor.rulesChanged':
      return withFloor(next, (f) => ({ ...f, rules: e.rules }));
    case 'presentation.started':
      return { ...next, presentation: { seat: e.seat, since: at } };
    case 'presentation.stopped':
      return state.presentation?.seat === e.seat ? { ...next, presentation: null } : next;
    case 'layout.changed':
      return { ...next, layout: e.layout };
    case 'message.sent': {
      const { message: id, to, text } = e;
      const sent: Message = {
        id,
        to,
        text,
        by,
        sentAt: at,
        sentVersion: version,
        acknowledged: {},
      };
      return { ...next, messages: [...state.messages, sent] };
    }
    case 'message.acknowledged':
      return {
        ...next,
        messages: state.messages.map((m) =>
          m.id === e.message ? { ...m, acknowledged: { ...m.acknowledged, [e.seat]: at } } : m,
        ),
      };
    case 'message.withdrawn':
      return { ...next, messages: state.messages.filter(({ id }) => id !== e.message) };
    case 'journal.resumed':
      return next;
  }
}

/** Who has had the floor under the present item is remembered: the item may allow one speech each. */
function spoke(state: BriefingState, seat: SeatId): BriefingState {
  const { agendaAt } = state;
  if (!agendaAt || agendaAt.spoken.includes(seat)) return state;
  return { ...state, agendaAt: { ...agendaAt, spoken: [...agendaAt.spoken, seat] } };
}

/** A plan, the first or anew: who is here already stays, and what was given to points stays given. */
function planned(state: BriefingState, plan: BriefingPlan, at: number): BriefingState {
  const { points, floor, directives, ...rest } = plan;
  const seats: Record<SeatId, Seat> = {};
  for (const p of points) {
    seats[p.id] = {
      status: 'expected',
      since: at,
      connection: null,
      lostAtVersion: null,
      firstJoinedAt: null,
      muted: false,
      ...seatById(state.seats, p.id),
      ...p,
    };
  }
  const given = state.directives.filter(({ status }) => status !== 'draft');
  const drafts = directives.filter(({ number }) => !given.some((d) => d.number === number));
  return {
    ...state,
    ...rest,
    phaseSince: state.id === '' ? at : state.phaseSince,
    seats,
    floor: { ...state.floor, rules: floor },
    directives: [...given, ...drafts.map(draft)].sort((a, b) => a.number - b.number),
  };
}

function withSeat(state: BriefingState, id: SeatId, change: (s: Seat) => Seat): BriefingState {
  const seat = seatById(state.seats, id);
  return seat ? { ...state, seats: { ...state.seats, [id]: change(seat) } } : state;
}

const withFloor = (state: BriefingState, change: (f: Floor) => Floor): BriefingState => ({
  ...state,
  floor: change(state.floor),
});

/** A holder's clock stands while its line is lost. */
function stopClock(
  state: BriefingState,
  { seat, at }: { readonly seat: SeatId; readonly at: Instant },
): BriefingState {
  const held = requestOf(state.floor, seat);
  if (held?.status !== 'granted') return state;
  return withTime(state, held.id, (t) => ({ ...t, stoppedAt: at }));
}

const withTime = (
  state: BriefingState,
  request: RequestId,
  change: (t: FloorTime) => FloorTime,
): BriefingState =>
  withFloor(state, (f) => {
    const held = requestById(f, request);
    return held?.time ? put(f, { ...held, time: change(held.time) }) : f;
  });

interface RequestFields
  extends Pick<FloorRequest, 'kind' | 'requestedBy' | 'priority' | 'requestedAt'> {
  readonly request: RequestId;
  readonly beneficiary: SeatId;
}

const requestFrom = (e: RequestFields): Omit<FloorRequest, 'status'> => ({
  id: e.request,
  kind: e.kind,
  beneficiary: e.beneficiary,
  requestedBy: e.requestedBy,
  priority: e.priority,
  requestedAt: e.requestedAt,
  grantedAt: null,
  grantVersion: null,
  time: null,
});

function put(f: Floor, r: FloorRequest): Floor {
  const at = f.requests.findIndex(({ id }) => id === r.id);
  return { ...f, requests: at < 0 ? [...f.requests, r] : f.requests.with(at, r) };
}

function enqueue(f: Floor, id: RequestId, position: number): Floor {
  const list = requestById(f, id)?.kind === 'reply' ? 'replies' : 'queue';
  const others = f[list].filter((q) => q !== id);
  return { ...f, [list]: others.toSpliced(position - 1, 0, id) };
}

function remove(f: Floor, id: RequestId): Floor {
  return {
    ...f,
    requests: f.requests.filter((r) => r.id !== id),
    queue: f.queue.filter((q) => q !== id),
    replies: f.replies.filter((q) => q !== id),
    holders: f.holders.filter((h) => h !== id),
  };
}
