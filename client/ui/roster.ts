import type { Seat } from '../../server/domain/roster.ts';

/** The roster in its fixed protocol order; the chair point (order 0) is not one of the called. */
export const inOrder = (seats: Readonly<Record<string, Seat>>): Seat[] =>
  Object.values(seats)
    .filter((s) => s.order > 0)
    .sort((a, b) => a.order - b.order);
