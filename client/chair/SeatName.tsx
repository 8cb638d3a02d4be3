import type { Seat } from '../../server/domain/roster.ts';
import { local } from '../i18n/language.ts';

/** A point's name: whole where there is room (see `.seat-name` in the style), else its short one. */
export function SeatName({ seat }: { readonly seat: Seat }) {
  const name = local(seat.name);
  const short = local(seat.shortName);
  if (short === name) return <strong class="seat-name">{name}</strong>;
  return (
    <strong class="seat-name" title={name}>
      <span class="whole">{name}</span>
      <span class="short">{short}</span>
    </strong>
  );
}
