import type { LocalText, Seat } from '../../server/domain/roster.ts';

/** Parts of a tile's width, as in wall.css: the name's size, and what beside it is not the name's. */
const sizeShare = 0.063;
const smallestSize = 10;
const besidesShare = 0.18;
/** How wide a letter of this font is on average, in parts of its size. */
const letter = 0.56;

interface Room {
  /** The tile's, in pixels. */
  readonly width: number;
  readonly local: (name: LocalText) => string;
}

/** The whole name where it has room, the short one elsewhere. */
export function tileName(seat: Pick<Seat, 'name' | 'shortName'>, { width, local }: Room): string {
  const size = Math.max(smallestSize, width * sizeShare);
  const letters = (width * (1 - besidesShare)) / (size * letter);
  const whole = local(seat.name);
  return whole.length <= letters ? whole : local(seat.shortName);
}
