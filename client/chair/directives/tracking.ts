import type { BriefingState, CarriedDirective } from '../../../server/domain/briefing.ts';
import {
  addressees,
  type Directive,
  type DirectiveStatus,
  type TrackedDirective,
} from '../../../server/domain/directives.ts';
import type { Instant, SeatId } from '../../../server/domain/ids.ts';
import type { Seat } from '../../../server/domain/roster.ts';

type Roster = Pick<BriefingState, 'seats' | 'chairPoint'>;

const points = ({ seats, chairPoint }: Roster): SeatId[] =>
  Object.keys(seats).filter((seat) => seat !== chairPoint);

/** The points that are asked to confirm a directive, in protocol order: all it is for but the chair. */
export function confirmers(directive: Directive, roster: Roster): Seat[] {
  const meant = new Set(addressees(directive, points(roster)));
  meant.delete(roster.chairPoint);
  return [...meant].flatMap((id) => roster.seats[id] ?? []).sort((a, b) => a.order - b.order);
}

/** Those of them that have not confirmed it yet. */
export const unconfirmed = (
  directive: Directive & Pick<TrackedDirective, 'received'>,
  roster: Roster,
): Seat[] =>
  confirmers(directive, roster).filter(({ id }) => !Object.hasOwn(directive.received, id));

const statuses = ['draft', 'given', 'done', 'withdrawn'] as const satisfies DirectiveStatus[];

/** Drafts first, since they wait for the office; empty groups are left out. */
export const grouped = (
  directives: readonly TrackedDirective[],
): { readonly status: DirectiveStatus; readonly list: readonly TrackedDirective[] }[] =>
  statuses
    .map((status) => ({ status, list: directives.filter((d) => d.status === status) }))
    .filter(({ list }) => list.length > 0);

/** What former briefings left undone, the overdue first, each part by its deadline; the settled last. */
export function carriedInOrder(
  carried: readonly CarriedDirective[],
  today: string,
): (CarriedDirective & { readonly overdue: boolean })[] {
  const last = '9999-12-31';
  return carried
    .map((each) => {
      const { deadline } = each.directive;
      return { ...each, overdue: !each.settled && deadline !== null && deadline < today };
    })
    .sort(
      (a, b) =>
        Number(Boolean(a.settled)) - Number(Boolean(b.settled)) ||
        Number(b.overdue) - Number(a.overdue) ||
        (a.directive.deadline ?? last).localeCompare(b.directive.deadline ?? last),
    );
}

/** The day, as an ISO 8601 date, that it is somewhere. */
export const dayAt = (now: Instant, timeZone: string): string =>
  // Swedish writes dates as ISO 8601 does.
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now);
