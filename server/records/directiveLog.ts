import type { CarriedDirective } from '../domain/briefing.ts';
import { addressees, type Directive, type DirectiveStatus } from '../domain/directives.ts';
import type { Recorded } from '../domain/event.ts';
import { evolve, nothing } from '../domain/evolve.ts';
import type { Instant, SeatId } from '../domain/ids.ts';
import type { Actor } from '../domain/permits.ts';

export interface Receipt {
  readonly seat: SeatId;
  readonly at: Instant;
}

/** A directive's own history. */
export interface LoggedDirective {
  readonly directive: Directive;
  readonly status: DirectiveStatus;
  readonly givenAt: Instant | null;
  readonly givenBy: Actor | null;
  /** The points that it is for, its lead first. */
  readonly addressees: readonly SeatId[];
  /** In the order in which they came. */
  readonly receipts: readonly Receipt[];
  /** Points that have not confirmed; the chair's own site has nothing to confirm. */
  readonly missing: readonly SeatId[];
  readonly settledAt: Instant | null;
  readonly settledBy: Actor | null;
}

export interface DirectiveLog {
  /** In the order of their numbers; receipts and settlements after the close are in it. */
  readonly directives: readonly LoggedDirective[];
  /** What former briefings of the series had left undone. */
  readonly carriedOver: readonly CarriedDirective[];
}

type Marks = { given?: Pick<Recorded, 'at' | 'by'>; settled?: Pick<Recorded, 'at' | 'by'> };

/** The tasks given, who has confirmed them, and what became of them. */
export function directiveLog(journal: readonly Recorded[]): DirectiveLog {
  const marks = new Map<number, Marks>();
  for (const { event, at, by } of journal) {
    if (event.type === 'directive.given') marks.set(event.directive.number, { given: { at, by } });
    if (event.type === 'directive.settled' && event.briefing === undefined) {
      marks.set(event.number, { ...marks.get(event.number), settled: { at, by } });
    }
  }
  const state = journal.reduce(evolve, nothing);
  const { chairPoint, carriedOver } = state;
  const points = Object.values(state.seats)
    .sort((a, b) => a.order - b.order)
    .map(({ id }) => id)
    .filter((id) => id !== chairPoint);
  const directives = state.directives.map((tracked): LoggedDirective => {
    const { status, givenAt, received, ...directive } = tracked;
    const { given, settled } = marks.get(tracked.number) ?? {};
    const meant = addressees(tracked, points);
    return {
      directive,
      status,
      givenAt,
      givenBy: given?.by ?? null,
      addressees: meant,
      receipts: Object.entries(received).map(([seat, at]) => ({ seat, at })),
      missing:
        givenAt === null
          ? []
          : meant.filter((s) => !Object.hasOwn(received, s) && s !== chairPoint),
      settledAt: settled?.at ?? null,
      settledBy: settled?.by ?? null,
    };
  });
  return { directives, carriedOver };
}
