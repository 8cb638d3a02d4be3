import type { AgendaItem } from './agenda.ts';
import type { Command } from './command.ts';
import { loadSpeakers, setRules } from './decideFloor.ts';
import { decideVote } from './decideVote.ts';
import { addressees } from './directives.ts';
import type { Draft, Outcome } from './draft.ts';
import { seatById } from './roster.ts';

type BusinessCommand = Extract<
  Command,
  { type: `${'agenda' | 'rollCall' | 'lineCheck' | 'vote' | 'directive' | 'notice'}.${string}` }
>;
type Of<T extends BusinessCommand['type']> = Extract<BusinessCommand, { type: T }>;

/** The briefing's own business: agenda, roll call, line check, votes, directives, its notice. */
export function decideBusiness(draft: Draft, command: BusinessCommand): Outcome {
  switch (command.type) {
    case 'agenda.enter':
      return enterItem(draft, command);
    case 'agenda.change':
      return changeAgenda(draft, command);
    case 'rollCall.declare':
      return declare(draft, command);
    case 'lineCheck.start':
      return startLineCheck(draft, command);
    case 'lineCheck.record':
      return recordLineCheck(draft, command);
    case 'vote.open':
    case 'vote.cast':
    case 'vote.close':
      return decideVote(draft, command);
    case 'directive.write':
    case 'directive.give':
    case 'directive.receive':
    case 'directive.settle':
      return decideDirective(draft, command);
    case 'notice.issue':
      return issueNotice(draft, command);
  }
}

/** Its number may be mended: the last word holds. */
function issueNotice(draft: Draft, { reference }: Of<'notice.issue'>): Outcome {
  const { phase, issuedNotice } = draft.state;
  if (phase !== 'closed') return 'wrongPhase';
  if (issuedNotice?.reference === reference) return 'nothingToChange';
  return draft.record({ type: 'notice.issued', reference });
}

/** Begins an item: its floor rules hold from now on, and its prepared speeches stand in the queue. */
function enterItem(draft: Draft, command: Of<'agenda.enter'>): Outcome {
  const { phase, agenda, agendaAt } = draft.state;
  if (phase !== 'gathering' && phase !== 'inSession') return 'wrongPhase';
  const item = agenda.find(({ id }) => id === command.item);
  if (!item) return 'unknownItem';
  if (agendaAt?.item === item.id) return 'nothingToChange';
  draft.record({ type: 'agenda.entered', item: item.id });
  const { mode, maxFloorUsers, interrupt, speech } = item.rules.floor;
  // That an item's rules are those that hold already is no refusal.
  setRules(draft, {
    type: 'floor.setRules',
    mode: mode ?? undefined,
    maxFloorUsers: maxFloorUsers ?? undefined,
    interrupt: interrupt ?? undefined,
    speech: speech ?? undefined,
  });
  loadSpeakers(draft, item.rules.speakers);
  return undefined;
}

function changeAgenda(draft: Draft, { agenda }: Of<'agenda.change'>): Outcome {
  const { phase, agendaAt, agenda: before } = draft.state;
  if (phase === 'closed') return 'wrongPhase';
  const ids = new Set(agenda.map(({ id }) => id));
  if (ids.size !== agenda.length) return 'malformed';
  if (agendaAt && !ids.has(agendaAt.item)) return 'unknownItem';
  const named = agenda.flatMap(seatsOf);
  if (named.some((seat) => !seatById(draft.state.seats, seat))) return 'unknownSeat';
  if (JSON.stringify(agenda) === JSON.stringify(before)) return 'nothingToChange';
  return draft.record({ type: 'agenda.changed', agenda });
}

const seatsOf = ({ owner, rules }: AgendaItem): string[] => [
  ...(owner === null ? [] : [owner]),
  ...rules.speakers,
  ...(typeof rules.requests === 'string' ? [] : rules.requests),
];

function declare(draft: Draft, { seat: id, declaration }: Of<'rollCall.declare'>): Outcome {
  const { phase, seats, chairPoint } = draft.state;
  if (phase === 'closed') return 'wrongPhase';
  const seat = seatById(seats, id);
  if (!seat || id === chairPoint) return 'unknownSeat';
  // A reason is required for an absence (field practice), and belongs to nothing else.
  const absent = declaration.attendance === 'absent';
  if (absent && declaration.reason.trim() === '') return 'reasonRequired';
  draft.record({
    type: 'rollCall.declared',
    seat: seat.id,
    declaration: absent ? declaration : { ...declaration, reason: '' },
  });
  if (absent && seat.status === 'expected') draft.record({ type: 'seat.excused', seat: seat.id });
  if (!absent && seat.status === 'excused') draft.record({ type: 'seat.awaited', seat: seat.id });
  return undefined;
}

function startLineCheck(draft: Draft, command: Of<'lineCheck.start'>): Outcome {
  const { phase, seats, chairPoint, version } = draft.state;
  if (phase === 'closed') return 'wrongPhase';
  const points = Object.keys(seats).filter((seat) => seat !== chairPoint);
  const meant = command.seats === 'all' ? points : [...new Set(command.seats)];
  if (meant.some((seat) => !points.includes(seat))) return 'unknownSeat';
  return draft.record({ type: 'lineCheck.started', run: `l${version + 1}`, seats: meant });
}

/** Results come from the servers; one that comes after a newer order is still evidence. */
function recordLineCheck(draft: Draft, command: Of<'lineCheck.record'>): Outcome {
  const { phase, seats, lineChecks } = draft.state;
  if (phase === 'closed') return 'wrongPhase';
  const { run, seat, result } = command;
  if (!seatById(seats, seat)) return 'unknownSeat';
  const known = Object.hasOwn(lineChecks, seat) ? lineChecks[seat] : undefined;
  // The one who says that nobody answered must not have the last word over an answer.
  if (known?.run === run && (known.result !== null || result === null)) return 'nothingToChange';
  return draft.record({ type: 'lineCheck.recorded', run, seat, result });
}

type DirectiveCommand = Of<
  'directive.write' | 'directive.give' | 'directive.receive' | 'directive.settle'
>;

function decideDirective(draft: Draft, command: DirectiveCommand): Outcome {
  const { directives, carriedOver, seats, chairPoint } = draft.state;
  const points = Object.keys(seats).filter((seat) => seat !== chairPoint);
  const known = (number: number) => directives.find((d) => d.number === number);
  switch (command.type) {
    case 'directive.write': {
      const { directive } = command;
      const before = known(directive.number);
      if (before && before.status !== 'draft') return 'wrongStatus';
      if (!before && directive.number !== (directives.at(-1)?.number ?? 0) + 1) {
        return 'positionOutOfRange';
      }
      if (addressees(directive, points).some((seat) => !seatById(seats, seat))) {
        return 'unknownSeat';
      }
      return draft.record({ type: 'directive.written', directive });
    }
    case 'directive.give': {
      const drafts = command.numbers.map(known);
      if (drafts.some((d) => d === undefined)) return 'unknownDirective';
      if (drafts.some((d) => d?.status !== 'draft')) return 'wrongStatus';
      for (const tracked of drafts) {
        if (!tracked) continue;
        const { status: _, givenAt: __, received: ___, ...directive } = tracked;
        draft.record({ type: 'directive.given', directive });
      }
      return undefined;
    }
    case 'directive.receive': {
      const given = known(command.number);
      if (!given || given.status === 'draft') return 'unknownDirective';
      if (!addressees(given, points).includes(command.seat)) return 'foreignSeat';
      if (Object.hasOwn(given.received, command.seat)) return 'nothingToChange';
      const { number, seat } = command;
      return draft.record({ type: 'directive.received', number, seat });
    }
    case 'directive.settle': {
      const { briefing, number, as } = command;
      if (briefing !== undefined) {
        const carried = carriedOver.find(
          (c) => c.briefing === briefing && c.directive.number === number,
        );
        if (!carried) return 'unknownDirective';
        // Until it opens, what is carried over is counted anew with every change of the plan.
        if (draft.state.phase === 'scheduled') return 'wrongPhase';
        if (carried.settled) return 'wrongStatus';
        return draft.record({ type: 'directive.settled', briefing, number, as, was: 'given' });
      }
      const settled = known(number);
      if (!settled) return 'unknownDirective';
      const { status: was } = settled;
      // A draft can only be dropped; nothing is done that was never given.
      const may = was === 'given' || (was === 'draft' && as === 'withdrawn');
      if (!may) return 'wrongStatus';
      return draft.record({ type: 'directive.settled', number, as, was });
    }
  }
}
