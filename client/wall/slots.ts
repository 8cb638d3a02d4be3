import type { SeatId } from '../../server/domain/ids.ts';
import type { Seat } from '../../server/domain/roster.ts';
import type { WallOrder } from './address.ts';
import { slice, type WallPage } from './grid.ts';

/** From north to south, as an office reads them; central bodies come first. */
export const regions = [
  'central',
  'northern-midlands-mountains',
  'red-river-delta',
  'north-central',
  'south-central-coast',
  'central-highlands',
  'south-east',
  'mekong-delta',
] as const;
export type Region = (typeof regions)[number];

/** One place on the board: a site's, or the head of a region, with all of its sites. */
export type Slot =
  | { readonly is: 'seat'; readonly seat: SeatId }
  | { readonly is: 'region'; readonly region: string; readonly seats: readonly SeatId[] };

/** A region that this page does not know stands behind those that it knows. */
function rank(region: string): number {
  const at = (regions as readonly string[]).indexOf(region);
  return at < 0 ? regions.length : at;
}

interface Board extends WallPage {
  readonly order: WallOrder;
}

/** The places of one display in reading order, from all seats in protocol order. */
export function slotsOf(seats: readonly Seat[], board: Board): readonly Slot[] {
  if (board.order === 'protocol') {
    return slice(seats, board).map(({ id }) => ({ is: 'seat', seat: id }));
  }
  // A stable sort: within a region, protocol order.
  const sorted = seats.toSorted((a, b) => rank(a.region) - rank(b.region));
  // A region that two displays share has its head on both, each with all of its sites.
  const whole = Map.groupBy(sorted, (s) => s.region);
  const here = Map.groupBy(slice(sorted, board), (s) => s.region);
  return [...here].flatMap(([region, members]): Slot[] => [
    { is: 'region', region, seats: (whole.get(region) ?? []).map(({ id }) => id) },
    ...members.map(({ id }): Slot => ({ is: 'seat', seat: id })),
  ]);
}

export const seatsIn = (slots: readonly Slot[]): readonly SeatId[] =>
  slots.flatMap((slot) => (slot.is === 'seat' ? [slot.seat] : []));
