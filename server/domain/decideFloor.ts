import { rulesNow } from './agenda.ts';
import type { BriefingState } from './briefing.ts';
import type { Command } from './command.ts';
import type { Draft, Outcome } from './draft.ts';
import {
  afterVerb,
  entryPosition,
  type FloorRequest,
  type FloorVerb,
  listOf,
  normalPriority,
  type Priority,
  type RequestKind,
  requestById,
  requestOf,
  type SpeechRule,
} from './floor.ts';
import { endsAt } from './floorClock.ts';
import type { RequestId, SeatId } from './ids.ts';
import type { Actor } from './permits.ts';
import { seatById } from './roster.ts';

type FloorCommand = Extract<Command, { type: `floor.${string}` }>;
type Of<T extends FloorCommand['type']> = Extract<FloorCommand, { type: T }>;

/** Floor control by RFC 8855's life cycle; `floorTable` says what may follow what. */
export function decideFloor(draft: Draft, command: FloorCommand): Outcome {
  const { phase } = draft.state;
  if (command.type === 'floor.setRules') return setRules(draft, command);
  if (command.type === 'floor.expireGrace') return expireGrace(draft, command);
  if (command.type === 'floor.expire') return expire(draft, command);
  if (phase === 'scheduled' || phase === 'closed') return 'wrongPhase';
  switch (command.type) {
    case 'floor.request':
      return request(draft, command);
    case 'floor.grant':
      return grant(draft, command);
    case 'floor.release':
      return onRequest(draft, 'release', command.request, (r) => release(draft, r));
    case 'floor.deny':
      return onRequest(draft, 'deny', command.request, (r) => draft.dismiss(r.id, 'floor.denied'));
    case 'floor.revoke':
      return onRequest(draft, 'revoke', command.request, (r) => draft.revoke(r.id, 'chair'));
    case 'floor.accept':
      return onRequest(draft, 'accept', command.request, (r) => accept(draft, r, command.position));
    case 'floor.move':
      return onRequest(draft, 'move', command.request, (r) => move(draft, r, command.position));
    case 'floor.extend':
    case 'floor.credit':
      return addTime(draft, command);
  }
}

/** The rules of the item under way bind points; the office may register whom it likes. */
function closedTo(
  { floor, agenda, agendaAt }: BriefingState,
  {
    by,
    beneficiary,
    kind,
  }: {
    readonly by: Actor;
    readonly beneficiary: SeatId;
    readonly kind: RequestKind;
  },
): Outcome {
  const rules = rulesNow(agenda, agendaAt);
  if (kind === 'reply' && floor.holders.length === 0) return 'nothingToReplyTo';
  if (by.role !== 'point') return;
  if (kind === 'reply') return rules.replies ? undefined : 'requestsClosed';
  const { requests, once, queueLimit } = rules;
  const may = requests === 'all' || (requests !== 'none' && requests.includes(beneficiary));
  if (!may) return 'requestsClosed';
  if (once && agendaAt?.spoken.includes(beneficiary)) return 'alreadySpoke';
  const waiting = floor.requests.filter((r) => r.kind === 'speech' && r.status !== 'granted');
  if (queueLimit !== null && waiting.length >= queueLimit) return 'queueFull';
  return undefined;
}

/** Finds the request and asks the table whether the verb may follow its status. */
function onRequest(
  draft: Draft,
  verb: FloorVerb,
  id: RequestId,
  act: (r: FloorRequest) => Outcome,
): Outcome {
  const found = requestById(draft.state.floor, id);
  if (!found) return 'unknownRequest';
  return afterVerb(verb, found.status) ? act(found) : 'wrongStatus';
}

function request(draft: Draft, command: Of<'floor.request'>): Outcome {
  const { seats, floor, chairPoint } = draft.state;
  const { by, now } = draft.given;
  const { beneficiary } = command;
  const priority: Priority = command.priority ?? normalPriority;
  if (!seatById(seats, beneficiary)) return 'unknownSeat';
  if (beneficiary === chairPoint) return 'chairNeedsNoFloor';
  // Above normal is for the office to give: else every site would claim it.
  if (by.role === 'point' && priority > normalPriority) return 'priorityNotAllowed';
  if (requestOf(floor, beneficiary)) return 'alreadyRequested';
  const kind: RequestKind = command.kind ?? 'speech';
  const closed = closedTo(draft.state, { by, beneficiary, kind });
  if (closed) return closed;
  const fields = {
    request: draft.nextRequestId(),
    kind,
    beneficiary,
    requestedBy: by,
    priority,
    requestedAt: now,
  };
  // What the office itself registers needs nobody's acceptance, nor does anything in first come,
  // first served (RFC 8855 §5.2.5: a new request may be Pending or Accepted).
  // A reply waits for the chair's word in its list, and for nothing before.
  if (by.role === 'point' && floor.rules.mode === 'moderated' && kind === 'speech') {
    return draft.record({ type: 'floor.requested', ...fields });
  }
  return draft.record({
    type: 'floor.accepted',
    ...fields,
    position: entryPosition(floor, { kind, priority }),
  });
}

/** One release both cancels and releases (RFC 8855 §13.4). */
function release(draft: Draft, r: FloorRequest): undefined {
  if (r.status !== 'granted') return draft.dismiss(r.id, 'floor.cancelled');
  draft.record({ type: 'floor.released', request: r.id, beneficiary: r.beneficiary });
  draft.stopPresentationOf(r.beneficiary);
}

function accept(draft: Draft, r: FloorRequest, wanted: number | undefined): Outcome {
  const { floor } = draft.state;
  const position = wanted ?? entryPosition(floor, r);
  if (position < 1 || position > listOf(floor, r.kind).length + 1) return 'positionOutOfRange';
  return draft.record({ type: 'floor.accepted', ...fieldsOf(r), position });
}

function move(draft: Draft, r: FloorRequest, position: number): Outcome {
  const list = listOf(draft.state.floor, r.kind);
  if (position < 1 || position > list.length) return 'positionOutOfRange';
  if (list[position - 1] === r.id) return 'nothingToChange';
  return draft.record({
    type: 'floor.moved',
    request: r.id,
    beneficiary: r.beneficiary,
    position,
  });
}

function grant(draft: Draft, { target, replace }: Of<'floor.grant'>): Outcome {
  const { phase, floor, seats, chairPoint } = draft.state;
  if (phase === 'recess') return 'wrongPhase';
  const asked = 'request' in target ? requestById(floor, target.request) : undefined;
  if ('request' in target && !asked) return 'unknownRequest';
  const seatId: SeatId = 'seat' in target ? target.seat : (asked?.beneficiary ?? '');
  const seat = seatById(seats, seatId);
  if (!seat) return 'unknownSeat';
  if (seatId === chairPoint) return 'chairNeedsNoFloor';
  const live = asked ?? requestOf(floor, seatId);
  if (live && !afterVerb('grant', live.status)) return 'wrongStatus';
  if (seat.status !== 'connected') return 'seatNotConnected';
  if (floor.holders.length >= floor.rules.maxFloorUsers) {
    const longest = floor.holders[0];
    if (!replace || longest === undefined) return 'floorFull';
    // The present holder is revoked before the next is granted (RFC 8855 §4.2).
    draft.revoke(longest, 'replaced');
  }
  const fields = live ? fieldsOf(live) : newRequest(draft, seatId);
  if (fields.kind === 'speech') endReplies(draft);
  return draft.record({
    type: 'floor.granted',
    ...fields,
    allottedMs: allotted(draft, fields.kind),
  });
}

const allotted = ({ state }: Draft, kind: RequestKind): number | null =>
  kind === 'reply' ? state.floor.rules.replyMs : state.floor.rules.speech.allottedMs;

/** Replies were to the speaker before: the next speech has none yet. */
function endReplies(draft: Draft): void {
  for (const id of draft.state.floor.replies) draft.dismiss(id, 'floor.cancelled');
}

const fieldsOf = (r: FloorRequest) => ({
  request: r.id,
  kind: r.kind,
  beneficiary: r.beneficiary,
  requestedBy: r.requestedBy,
  priority: r.priority,
  requestedAt: r.requestedAt,
});

const newRequest = (draft: Draft, beneficiary: SeatId) => ({
  request: draft.nextRequestId(),
  kind: 'speech' as const,
  beneficiary,
  requestedBy: draft.given.by,
  priority: normalPriority,
  requestedAt: draft.given.now,
});

/** A loss is forgiven for the grace period; the timer's quote tells this loss from a later one. */
function expireGrace(draft: Draft, command: Of<'floor.expireGrace'>): Outcome {
  const seat = seatById(draft.state.seats, command.seat);
  if (!seat) return 'unknownSeat';
  const held = requestOf(draft.state.floor, seat.id);
  if (seat.lostAtVersion !== command.lostAtVersion || held?.status !== 'granted') {
    return 'staleTimer';
  }
  return draft.revoke(held.id, 'graceExpired');
}

function addTime(
  draft: Draft,
  { type, request, byMs }: Of<'floor.extend' | 'floor.credit'>,
): Outcome {
  const held = requestById(draft.state.floor, request);
  if (!held) return 'unknownRequest';
  if (held.time === null) return 'wrongStatus';
  const of = { request, beneficiary: held.beneficiary, byMs };
  if (type === 'floor.credit') {
    return draft.record({ type: 'floor.credited', ...of, cause: 'nodeMoved' });
  }
  // Where nothing limits a speech there is nothing to add to.
  if (held.time.allottedMs === null) return 'nothingToChange';
  return draft.record({ type: 'floor.extended', ...of });
}

/** The clock is the state's own, so a timer that comes too early (time was added) does nothing. */
function expire(draft: Draft, { request, grantVersion }: Of<'floor.expire'>): Outcome {
  const held = requestById(draft.state.floor, request);
  if (held?.status !== 'granted' || held.grantVersion !== grantVersion) return 'staleTimer';
  const end = endsAt(held);
  if (end === null || end > draft.given.now) return 'staleTimer';
  if (draft.state.floor.rules.speech.atEnd !== 'close') return 'staleTimer';
  return draft.revoke(held.id, 'timeOver');
}

export function setRules(draft: Draft, command: Of<'floor.setRules'>): Outcome {
  const { floor, phase } = draft.state;
  if (phase === 'closed') return 'wrongPhase';
  const rules = {
    ...floor.rules,
    mode: command.mode ?? floor.rules.mode,
    maxFloorUsers: command.maxFloorUsers ?? floor.rules.maxFloorUsers,
    speech: command.speech ?? floor.rules.speech,
    replyMs: command.replyMs === undefined ? floor.rules.replyMs : command.replyMs,
    interrupt: command.interrupt ?? floor.rules.interrupt,
  };
  if (
    rules.mode === floor.rules.mode &&
    rules.maxFloorUsers === floor.rules.maxFloorUsers &&
    rules.replyMs === floor.rules.replyMs &&
    rules.interrupt === floor.rules.interrupt &&
    sameSpeech(rules.speech, floor.rules.speech)
  ) {
    return 'nothingToChange';
  }
  // Fewer may hold it now: the latest holders give way, so that there are never too many.
  for (const id of floor.holders.slice(rules.maxFloorUsers)) {
    draft.revoke(id, 'chair');
  }
  draft.record({ type: 'floor.rulesChanged', rules });
  if (rules.mode === 'firstComeFirstServed') acceptAllPending(draft);
  return undefined;
}

const sameSpeech = (a: SpeechRule, b: SpeechRule): boolean =>
  a.allottedMs === b.allottedMs &&
  a.atEnd === b.atEnd &&
  a.warningsMs.join() === b.warningsMs.join();

function acceptAllPending(draft: Draft): void {
  const pending = draft.state.floor.requests
    .filter((r) => r.status === 'pending')
    .sort((a, b) => a.requestedAt - b.requestedAt || Number(a.id.slice(1)) - Number(b.id.slice(1)));
  for (const r of pending) accept(draft, r, undefined);
}

/** Prepared speeches stand in the queue in their order; who waits or speaks already is left alone. */
export function loadSpeakers(draft: Draft, speakers: readonly SeatId[]): void {
  for (const seat of speakers) {
    const { floor, chairPoint, seats } = draft.state;
    if (seat === chairPoint || !seatById(seats, seat) || requestOf(floor, seat)) continue;
    const position = floor.queue.length + 1;
    draft.record({ type: 'floor.accepted', ...newRequest(draft, seat), position });
  }
}

/** First come, first served: a free place goes at once to the first in the queue who is here. */
export function settleFloor(draft: Draft): void {
  const live = () => draft.state.phase === 'gathering' || draft.state.phase === 'inSession';
  while (draft.state.floor.rules.mode === 'firstComeFirstServed' && live()) {
    const { floor, seats } = draft.state;
    const next = floor.queue
      .map((id) => requestById(floor, id))
      .find((r) => r !== undefined && seats[r.beneficiary]?.status === 'connected');
    if (!next) return;
    if (floor.holders.length >= floor.rules.maxFloorUsers && !interrupts(draft, next)) return;
    endReplies(draft);
    const allottedMs = allotted(draft, 'speech');
    draft.record({ type: 'floor.granted', ...fieldsOf(next), allottedMs });
  }
}

/** Takes the floor from the least of the holders if the rules let this request push it out. */
function interrupts(draft: Draft, { priority }: FloorRequest): boolean {
  const { floor } = draft.state;
  const { interrupt } = floor.rules;
  if (interrupt === 'none') return false;
  const least = floor.holders
    .flatMap((id) => requestById(floor, id) ?? [])
    .reduce<FloorRequest | undefined>(
      (a, b) => (a === undefined || b.priority < a.priority ? b : a),
      undefined,
    );
  if (!least) return false;
  const may = interrupt === 'lower' ? least.priority < priority : least.priority <= priority;
  if (!may) return false;
  draft.revoke(least.id, 'replaced');
  return true;
}
