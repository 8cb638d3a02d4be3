import type { BriefingState } from './briefing.ts';
import type { Directive, TrackedDirective } from './directives.ts';
import type { BriefingEvent, Recorded } from './event.ts';
import type { BriefingId } from './ids.ts';
import { judge } from './lineCheck.ts';
import type { Vote } from './vote.ts';

/** What happens in a briefing beside presence, floor and programme. */
export type BusinessEvent = Extract<
  BriefingEvent,
  { type: `${'agenda' | 'rollCall' | 'lineCheck' | 'vote' | 'directive' | 'notice'}.${string}` }
>;

const business = /^(agenda|rollCall|lineCheck|vote|directive|notice)\./;

export const isBusiness = (event: BriefingEvent): event is BusinessEvent =>
  business.test(event.type);

/** Folds one of these events; `next` has its version already. */
export function evolveBusiness(
  next: BriefingState,
  { at, by }: Pick<Recorded, 'at' | 'by'>,
  e: BusinessEvent,
): BriefingState {
  switch (e.type) {
    case 'agenda.entered':
      return { ...next, agendaAt: { item: e.item, since: at, spoken: [] } };
    case 'agenda.changed':
      return { ...next, agenda: e.agenda };
    case 'rollCall.declared': {
      const declared = { ...e.declaration, at, by };
      return { ...next, rollCall: { ...next.rollCall, [e.seat]: declared } };
    }
    case 'lineCheck.started':
      return { ...next, lineCheckRun: { run: e.run, startedAt: at, seats: e.seats } };
    case 'lineCheck.recorded': {
      const { run, seat, result } = e;
      const check = { run, at, result, ...judge(result) };
      return { ...next, lineChecks: { ...next.lineChecks, [seat]: check } };
    }
    case 'vote.opened': {
      const { vote: id, question, options, secret } = e;
      const opened: Vote = {
        id,
        question,
        options,
        secret,
        openedAt: at,
        closedAt: null,
        cast: {},
        counts: null,
      };
      return { ...next, votes: [...next.votes, opened] };
    }
    case 'vote.cast':
      return withVote(next, e.vote, (v) => ({ ...v, cast: { ...v.cast, [e.seat]: e.option } }));
    case 'vote.closed':
      return withVote(next, e.vote, (v) => ({ ...v, closedAt: at, counts: e.counts }));
    case 'directive.written':
      return withDirective(next, draft(e.directive));
    case 'directive.given':
      return withDirective(next, { ...draft(e.directive), status: 'given', givenAt: at });
    case 'directive.received':
      return changeDirective(next, e.number, (d) => ({
        ...d,
        received: { ...d.received, [e.seat]: at },
      }));
    case 'directive.settled':
      return e.briefing === undefined
        ? changeDirective(next, e.number, (d) => ({ ...d, status: e.as }))
        : settleCarried(next, { briefing: e.briefing, number: e.number, as: e.as });
    case 'notice.issued':
      return { ...next, issuedNotice: { reference: e.reference, at } };
  }
}

const withVote = (state: BriefingState, id: string, change: (v: Vote) => Vote): BriefingState => ({
  ...state,
  votes: state.votes.map((v) => (v.id === id ? change(v) : v)),
});

export const draft = (directive: Directive): TrackedDirective => ({
  ...directive,
  status: 'draft',
  givenAt: null,
  received: {},
});

/** In the order of their numbers, whether it was known before or not. */
function withDirective(state: BriefingState, directive: TrackedDirective): BriefingState {
  const others = state.directives.filter(({ number }) => number !== directive.number);
  const directives = [...others, directive].sort((a, b) => a.number - b.number);
  return { ...state, directives };
}

const changeDirective = (
  state: BriefingState,
  number: number,
  change: (d: TrackedDirective) => TrackedDirective,
): BriefingState => ({
  ...state,
  directives: state.directives.map((d) => (d.number === number ? change(d) : d)),
});

const settleCarried = (
  state: BriefingState,
  o: { readonly briefing: BriefingId; readonly number: number; readonly as: 'done' | 'withdrawn' },
): BriefingState => ({
  ...state,
  carriedOver: state.carriedOver.map((carried) =>
    carried.briefing === o.briefing && carried.directive.number === o.number
      ? { ...carried, settled: o.as }
      : carried,
  ),
});
