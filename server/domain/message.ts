import type { Instant, SeatId, Version } from './ids.ts';
import type { Actor } from './permits.ts';

export type MessageId = string;

/** A word from the control room to points, which each of them is to acknowledge. */
export interface Message {
  readonly id: MessageId;
  readonly to: 'all' | readonly SeatId[];
  readonly text: string;
  readonly by: Actor;
  readonly sentAt: Instant;
  readonly sentVersion: Version;
  /** Who has acknowledged it, and when. */
  readonly acknowledged: Readonly<Record<SeatId, Instant>>;
}

/** In characters. */
export const longestMessage = 500;

export const isFor = ({ to }: Pick<Message, 'to'>, seat: SeatId): boolean =>
  to === 'all' || to.includes(seat);

/** The points that a message went to, the chair point aside. */
export const recipients = (
  { to }: Pick<Message, 'to'>,
  seats: readonly SeatId[],
  chairPoint: SeatId,
): SeatId[] => seats.filter((seat) => seat !== chairPoint && isFor({ to }, seat));
