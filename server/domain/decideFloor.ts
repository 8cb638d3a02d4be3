import type { Command } from './command.ts';
import type { Draft, Outcome } from './draft.ts';
import {
  afterVerb,
  entryPosition,
  type FloorRequest,
  type FloorVerb,
  normalPriority,
  type Priority,
  requestById,
  requestOf,
  type SpeechRule,
} from './floor.ts';
import { endsAt } from './floorClock.ts';
import type { RequestId, SeatId } from './ids.ts';
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
  const fields = {
    request: draft.nextRequestId(),
    beneficiary,
    requestedBy: by,
    priority,
    requestedAt: now,
  };
  // What the office itself registers needs nobody's acceptance, nor does anything in first come,
  // first served (RFC 8855 §5.2.5: a new request may be Pending or Accepted).
  if (by.role === 'point' && floor.rules.mode === 'moderated') {
    return draft.record({ type: 'floor.requested', ...fields });
  }
  return draft.record({
    type: 'floor.accepted',
    ...fields,
    position: entryPosition(floor, priority),
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
  const position = wanted ?? entryPosition(floor, r.priority);
  if (position < 1 || position > floor.queue.length + 1) return 'positionOutOfRange';
  return draft.record({ type: 'floor.accepted', ...fieldsOf(r), position });
}

function move(draft: Draft, r: FloorRequest, position: number): Outcome {
  const { queue } = draft.state.floor;
  if (position < 1 || position > queue.length) return 'positionOutOfRange';
  if (queue[position - 1] === r.id) return 'nothingToChange';
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
  return draft.record({
    type: 'floor.granted',
    ...(live ? fieldsOf(live) : newRequest(draft, seatId)),
    allottedMs: draft.state.floor.rules.speech.allottedMs,
  });
}

const fieldsOf = (r: FloorRequest) => ({
  request: r.id,
  beneficiary: r.beneficiary,
  requestedBy: r.requestedBy,
  priority: r.priority,
  requestedAt: r.requestedAt,
});

const newRequest = (draft: Draft, beneficiary: SeatId) => ({
  request: draft.nextRequestId(),
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

function setRules(draft: Draft, command: Of<'floor.setRules'>): Outcome {
  const { floor, phase } = draft.state;
  if (phase === 'closed') return 'wrongPhase';
  const rules = {
    ...floor.rules,
    mode: command.mode ?? floor.rules.mode,
    maxFloorUsers: command.maxFloorUsers ?? floor.rules.maxFloorUsers,
    speech: command.speech ?? floor.rules.speech,
  };
  if (
    rules.mode === floor.rules.mode &&
    rules.maxFloorUsers === floor.rules.maxFloorUsers &&
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

/** First come, first served: a free place goes at once to the first in the queue who is here. */
export function settleFloor(draft: Draft): void {
  const live = () => draft.state.phase === 'gathering' || draft.state.phase === 'inSession';
  while (draft.state.floor.rules.mode === 'firstComeFirstServed' && live()) {
    const { floor, seats } = draft.state;
    if (floor.holders.length >= floor.rules.maxFloorUsers) return;
    const next = floor.queue
      .map((id) => requestById(floor, id))
      .find((r) => r !== undefined && seats[r.beneficiary]?.status === 'connected');
    if (!next) return;
    const { allottedMs } = floor.rules.speech;
    draft.record({ type: 'floor.granted', ...fieldsOf(next), allottedMs });
  }
}
