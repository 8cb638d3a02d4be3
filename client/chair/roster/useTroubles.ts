import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { SeatId } from '../../../server/domain/ids.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import type { Link } from '../../link/link.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { type LineSense, senseLine } from './lineSense.ts';
import { type Trouble, troublesOf } from './troubles.ts';

/** What is wrong at each site, by all that the office is told. */
type TroublesOf = (seat: Seat) => Trouble[];

type Senses = ReadonlyMap<SeatId, LineSense>;
const sensed = new WeakMap<Link, ReadonlySignal<Senses>>();

/** What is thought of every line, for as long as the page has its link. */
function sensesOf(link: Link): ReadonlySignal<Senses> {
  const known = sensed.get(link);
  if (known) return known;
  const senses = signal<Senses>(new Map());
  sensed.set(link, senses);
  effect(() => {
    const measures = [...link.measures.value];
    const before = senses.peek();
    senses.value = new Map(measures.map(([seat, m]) => [seat, senseLine(before.get(seat), m)]));
  });
  return senses;
}

export const useTroubles = (): TroublesOf => troublesIn(useSurface().link);

/** The same outside of drawing. */
export function troublesIn(link: Link): TroublesOf {
  const senses = sensesOf(link).value;
  const reports = link.sites.value;
  const measures = link.measures.value;
  return (seat) =>
    troublesOf({
      seat,
      report: reports.get(seat.id),
      measure: measures.get(seat.id),
      line: senses.get(seat.id)?.trouble ?? null,
    });
}
