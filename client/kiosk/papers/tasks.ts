import type { BriefingState, CarriedDirective } from '../../../server/domain/briefing.ts';
import {
  addressees,
  type Directive,
  type TrackedDirective,
} from '../../../server/domain/directives.ts';
import type { SeatId } from '../../../server/domain/ids.ts';

const isFor = (state: BriefingState, seat: SeatId, directive: Directive): boolean => {
  const points = Object.keys(state.seats).filter((id) => id !== state.chairPoint);
  return addressees(directive, points).includes(seat);
};

/** The tasks that were given to a point, to lead or to support, in the order of their numbers. */
export const ownTasks = (state: BriefingState, seat: SeatId): TrackedDirective[] =>
  state.directives.filter(
    (d) => (d.status === 'given' || d.status === 'done') && isFor(state, seat, d),
  );

/** What former briefings of the series left undone for a point. */
export const ownCarriedOver = (state: BriefingState, seat: SeatId): CarriedDirective[] =>
  state.carriedOver.filter(({ settled, directive }) => !settled && isFor(state, seat, directive));

/** How many tasks a point has still to confirm. */
export const unconfirmed = (state: BriefingState, seat: SeatId): number =>
  ownTasks(state, seat).filter(
    ({ status, received }) => status === 'given' && !Object.hasOwn(received, seat),
  ).length;
