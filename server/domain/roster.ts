import type { ConnectionId, Instant, SeatId, Version } from './ids.ts';

export type PointKind = 'province' | 'city' | 'partyCommittee' | 'centralBody';

export interface LocalText {
  readonly vi: string;
  readonly en: string;
}

/** What a briefing's plan says of one point. */
export interface PlannedPoint {
  readonly id: SeatId;
  readonly name: LocalText;
  /** For places where the whole name has no room. */
  readonly shortName: LocalText;
  readonly region: string;
  readonly kind: PointKind;
  /** Place in protocol order, from 1; the chair point is 0. */
  readonly order: number;
}

/** The seat of that id. Ids come from outside, and `constructor` must not find what objects inherit. */
export const seatById = (seats: Readonly<Record<SeatId, Seat>>, id: SeatId): Seat | undefined =>
  Object.hasOwn(seats, id) ? seats[id] : undefined;

/** `excused`: absence announced with a reason, not waited for. */
export type SeatStatus = 'expected' | 'connected' | 'lost' | 'excused';

export interface Seat extends PlannedPoint {
  readonly status: SeatStatus;
  /** When `status` last changed. */
  readonly since: Instant;
  /** The socket that holds the seat now, or held it when it was lost; null while expected. */
  readonly connection: ConnectionId | null;
  /** The version of the loss event while `lost`, so that a late grace timer does nothing. */
  readonly lostAtVersion: Version | null;
  /** Set when the seat has ever joined. */
  readonly firstJoinedAt: Instant | null;
  /** The chair's mute: holds until the chair lifts it, whatever the browser does. */
  readonly muted: boolean;
}
