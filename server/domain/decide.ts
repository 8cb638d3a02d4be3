import { type BriefingState, phases } from './briefing.ts';
import type { Command } from './command.ts';
import { decideBusiness } from './decideBusiness.ts';
import { decideFloor, settleFloor } from './decideFloor.ts';
import { decideMessage } from './decideMessage.ts';
import { Draft, type Given, type Outcome } from './draft.ts';
import type { Recorded } from './event.ts';
import { holds, requestOf } from './floor.ts';
import type { SeatId } from './ids.ts';
import { permit } from './permits.ts';
import { planConflicts, planOf, samePlan } from './plan.ts';
import type { RefusalCode } from './refusal.ts';
import { seatById } from './roster.ts';
import { openVote, tally } from './vote.ts';

export type Decision =
  | {
      readonly ok: true;
      readonly events: readonly Recorded[];
      /** The state with these events folded in, so that nobody need fold them again. */
      readonly state: BriefingState;
    }
  | { readonly ok: false; readonly refusal: RefusalCode };

/**
 * The rules of a briefing: what a command does to a state, as events to append, or why not.
 * Pure: time, the actor and the command's id come in `given`.
 */
export function decide(state: BriefingState, command: Command, given: Given): Decision {
  const forbidden = permit(state, given.by, command);
  if (forbidden) return { ok: false, refusal: forbidden };
  if (state.version === 0 && command.type !== 'briefing.plan') {
    return { ok: false, refusal: 'unknownBriefing' };
  }
  const draft = new Draft(state, given);
  const refusal = apply(draft, command);
  if (refusal) return { ok: false, refusal };
  settleFloor(draft);
  return { ok: true, events: draft.events, state: draft.state };
}

function apply(draft: Draft, command: Command): Outcome {
  switch (command.type) {
    case 'briefing.plan':
      if (draft.state.version !== 0) return 'alreadyPlanned';
      if (planConflicts(command.plan).length > 0) return 'malformed';
      return draft.record({ type: 'briefing.planned', plan: command.plan });
    case 'briefing.replan':
      return replan(draft, command);
    case 'briefing.open':
      if (draft.state.phase !== 'scheduled') return 'wrongPhase';
      if (draft.state.startsAt !== command.startsAt) return 'staleTimer';
      return draft.record({ type: 'phase.changed', to: phases.scheduled.open });
    case 'phase.step':
      return stepPhase(draft, command);
    case 'seat.join':
    case 'seat.leave':
    case 'seat.lose':
      return decidePresence(draft, command);
    case 'seat.mute':
    case 'seat.unmute':
      return decideMute(draft, command);
    case 'seat.muteOthers':
    case 'seat.unmuteAll':
      return decideMuteMany(draft, command.type === 'seat.muteOthers');
    case 'layout.set':
      return setLayout(draft, command);
    case 'message.send':
    case 'message.acknowledge':
    case 'message.withdraw':
      return decideMessage(draft, command);
    case 'agenda.enter':
    case 'agenda.change':
    case 'rollCall.declare':
    case 'lineCheck.start':
    case 'lineCheck.record':
    case 'vote.open':
    case 'vote.cast':
    case 'vote.close':
    case 'directive.write':
    case 'directive.give':
    case 'directive.receive':
    case 'directive.settle':
    case 'notice.issue':
      return decideBusiness(draft, command);
    case 'presentation.start':
    case 'presentation.stop':
      return decidePresentation(draft, command);
    default:
      return decideFloor(draft, command);
  }
}

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

/** Until a briefing opens its plan is whatever the office last said; a seat that goes is left. */
function replan(draft: Draft, { plan }: Of<'briefing.replan'>): Outcome {
  const { id, phase, seats } = draft.state;
  if (phase !== 'scheduled') return 'wrongPhase';
  if (plan.id !== id || planConflicts(plan).length > 0) return 'malformed';
  if (samePlan(plan, planOf(draft.state))) return 'nothingToChange';
  const stay = new Set(plan.points.map((point) => point.id));
  for (const seat of Object.values(seats)) {
    const goes = !stay.has(seat.id) && seat.status === 'connected';
    if (goes) draft.record({ type: 'seat.left', seat: seat.id });
  }
  return draft.record({ type: 'briefing.planned', plan });
}

function stepPhase(draft: Draft, { step }: Of<'phase.step'>): Outcome {
  const to = (phases[draft.state.phase] as Partial<Record<typeof step, BriefingState['phase']>>)[
    step
  ];
  if (!to) return 'wrongPhase';
  if (step === 'recess' || step === 'close') clearFloor(draft, step);
  if (step === 'close') closeVote(draft);
  return draft.record({ type: 'phase.changed', to });
}

/** What was cast is counted, though nobody closed the vote. */
function closeVote(draft: Draft): void {
  const vote = openVote(draft.state.votes);
  if (vote) draft.record({ type: 'vote.closed', vote: vote.id, counts: tally(vote) });
}

/** Nobody stays on air through a recess, and nothing stays open after the close. */
function clearFloor(draft: Draft, step: 'recess' | 'close'): void {
  const { floor, presentation } = draft.state;
  if (presentation) draft.record({ type: 'presentation.stopped', seat: presentation.seat });
  const reason = step === 'recess' ? 'recess' : 'closed';
  for (const request of floor.holders) draft.revoke(request, reason);
  if (step === 'recess') return;
  for (const { id } of draft.state.floor.requests) draft.dismiss(id, 'floor.denied');
}

function decidePresence(
  draft: Draft,
  command: Of<'seat.join' | 'seat.leave' | 'seat.lose'>,
): Outcome {
  const seat = seatById(draft.state.seats, command.seat);
  if (!seat) return 'unknownSeat';
  const { connection } = command;
  if (command.type === 'seat.join') {
    if (seat.status === 'connected' && seat.connection === connection) return 'nothingToChange';
    const how =
      seat.status === 'connected' ? 'evicted' : seat.status === 'lost' ? 'returned' : 'first';
    draft.record({ type: 'seat.joined', seat: seat.id, connection, how });
    return creditOutage(draft, seat.id);
  }
  // An evicted or already lost connection has no say about the seat's present one.
  if (seat.connection !== connection || seat.status !== 'connected') return 'staleConnection';
  if (command.type === 'seat.lose') {
    return draft.record({ type: 'seat.lost', seat: seat.id, connection });
  }
  const held = requestOf(draft.state.floor, seat.id);
  if (held?.status === 'granted') draft.revoke(held.id, 'left');
  draft.stopPresentationOf(seat.id);
  return draft.record({ type: 'seat.left', seat: seat.id });
}

/** A holder who comes back gets the time that its line was lost. */
function creditOutage(draft: Draft, seat: SeatId): Outcome {
  const held = requestOf(draft.state.floor, seat);
  const stoppedAt = held?.time?.stoppedAt ?? null;
  if (!held || stoppedAt === null) return;
  return draft.record({
    type: 'floor.credited',
    request: held.id,
    beneficiary: seat,
    byMs: Math.max(0, draft.given.now - stoppedAt),
    cause: 'lineLost',
  });
}

function decideMuteMany(draft: Draft, muted: boolean): Outcome {
  const { seats, chairPoint, floor } = draft.state;
  const meant = Object.values(seats).filter(
    (s) => s.muted !== muted && s.id !== chairPoint && !(muted && holds(floor, s.id)),
  );
  if (meant.length === 0) return 'nothingToChange';
  for (const { id: seat } of meant) {
    draft.record({ type: muted ? 'seat.muted' : 'seat.unmuted', seat });
  }
  return undefined;
}

function setLayout(draft: Draft, { layout }: Of<'layout.set'>): Outcome {
  if (draft.state.phase === 'closed') return 'wrongPhase';
  if (draft.state.layout === layout) return 'nothingToChange';
  return draft.record({ type: 'layout.changed', layout });
}

function decideMute(draft: Draft, command: Of<'seat.mute' | 'seat.unmute'>): Outcome {
  const seat = seatById(draft.state.seats, command.seat);
  if (!seat) return 'unknownSeat';
  if (command.type === 'seat.mute') {
    return seat.muted ? 'alreadyMuted' : draft.record({ type: 'seat.muted', seat: seat.id });
  }
  return seat.muted ? draft.record({ type: 'seat.unmuted', seat: seat.id }) : 'notMuted';
}

function decidePresentation(
  draft: Draft,
  command: Of<'presentation.start' | 'presentation.stop'>,
): Outcome {
  const { seats, presentation, chairPoint, phase, floor } = draft.state;
  const seat = seatById(seats, command.seat);
  if (!seat) return 'unknownSeat';
  if (command.type === 'presentation.stop') {
    if (presentation?.seat !== seat.id) return 'notPresenting';
    return draft.record({ type: 'presentation.stopped', seat: seat.id });
  }
  if (phase !== 'gathering' && phase !== 'inSession') return 'wrongPhase';
  const isChair = seat.id === chairPoint;
  if (!isChair && !holds(floor, seat.id)) return 'notHolder';
  if (presentation?.seat === seat.id) return 'nothingToChange';
  // The chair may put its own presentation in the place of another's; nobody else may.
  if (presentation) {
    if (!isChair) return 'presentationTaken';
    draft.record({ type: 'presentation.stopped', seat: presentation.seat });
  }
  return draft.record({ type: 'presentation.started', seat: seat.id });
}

export type { Given };
