import type { Instant, RequestId, SeatId, Version } from './ids.ts';
import type { Actor } from './permits.ts';

/** BFCP request statuses (RFC 8855 §5.2.5). */
export type RequestStatus =
  | 'pending'
  | 'accepted'
  | 'granted'
  | 'denied'
  | 'cancelled'
  | 'released'
  | 'revoked';

/** BFCP priorities (RFC 8855 §5.2.4): 0 lowest … 4 highest. */
export type Priority = 0 | 1 | 2 | 3 | 4;
export const normalPriority: Priority = 2;

export type FloorMode = 'moderated' | 'firstComeFirstServed';

/** How long one speech may take, and what its end does. */
export interface SpeechRule {
  /** Milliseconds; null: as long as it takes. */
  readonly allottedMs: number | null;
  /** When to warn, in milliseconds before the end, the longest first. */
  readonly warningsMs: readonly number[];
  /** warn: the end is only shown · close: it takes the floor. */
  readonly atEnd: 'warn' | 'close';
}

/** Whom an urgent request may push from the floor in first come, first served. */
export type Interrupt = 'none' | 'lower' | 'sameOrLower';

export interface FloorRules {
  readonly mode: FloorMode;
  /** How many seats may hold the floor at once (RFC 8855 §4.1 leaves it to the conference); ≥ 1. */
  readonly maxFloorUsers: number;
  /** How long a lost holder keeps the floor, in milliseconds. */
  readonly graceMs: number;
  readonly speech: SpeechRule;
  /** How long a reply may take, in milliseconds; null: as long as it takes. */
  readonly replyMs: number | null;
  readonly interrupt: Interrupt;
}

/** The account of a speech's time: see `floorClock.ts`. All in milliseconds. */
export interface FloorTime {
  readonly allottedMs: number | null;
  /** What the chair has added. */
  readonly addedMs: number;
  /** What a failure of the line or a move between nodes took, given back. */
  readonly creditedMs: number;
  /** Since when the holder's line has been lost: the clock stands. */
  readonly stoppedAt: Instant | null;
}

/** A speech of its own, or a reply to the present speaker, which waits in a list of its own. */
export type RequestKind = 'speech' | 'reply';

/** A live (not terminal) floor request; terminal ones are only in the journal. */
export interface FloorRequest {
  readonly id: RequestId;
  readonly kind: RequestKind;
  readonly beneficiary: SeatId;
  /** Who registered it: the point itself, or the office on its behalf (RFC 8855 §10.1.1). */
  readonly requestedBy: Actor;
  readonly priority: Priority;
  readonly status: 'pending' | 'accepted' | 'granted';
  readonly requestedAt: Instant;
  readonly grantedAt: Instant | null;
  /** The version of the grant: the fencing token that timers and media orders quote. */
  readonly grantVersion: Version | null;
  /** Null until granted. */
  readonly time: FloorTime | null;
}

export interface Floor {
  readonly rules: FloorRules;
  /**
   * A list, since there are never more than seats, and copying an object whose keys are ever new
   * takes fifty times as long.
   */
  readonly requests: readonly FloorRequest[];
  /** Accepted requests in speaking order; a request's queue position is its index + 1. */
  readonly queue: readonly RequestId[];
  /** Accepted replies in order: emptied when the next speech is granted. */
  readonly replies: readonly RequestId[];
  /** Granted requests, the longest holder first. */
  readonly holders: readonly RequestId[];
}

export type RevokeReason =
  | 'chair'
  | 'replaced'
  | 'graceExpired'
  | 'timeOver'
  | 'left'
  | 'recess'
  | 'closed';

export type LiveStatus = FloorRequest['status'];
export type FloorVerb = 'accept' | 'move' | 'grant' | 'deny' | 'release' | 'revoke';

/**
 * The life cycle of a floor request: verb × status → the status after it. What is not here is
 * refused as `wrongStatus`. The chair revokes what is granted and denies anything else
 * (RFC 8855 §11.1); one release both cancels and releases (§10.2.1).
 */
export const floorTable = {
  accept: { pending: 'accepted' },
  move: { accepted: 'accepted' },
  grant: { pending: 'granted', accepted: 'granted' },
  deny: { pending: 'denied', accepted: 'denied' },
  release: { pending: 'cancelled', accepted: 'cancelled', granted: 'released' },
  revoke: { granted: 'revoked' },
} as const satisfies Record<FloorVerb, Partial<Record<LiveStatus, RequestStatus>>>;

/** The status that `verb` leads to from `status`, or undefined where the table has none. */
export const afterVerb = (verb: FloorVerb, status: LiveStatus): RequestStatus | undefined =>
  (floorTable[verb] as Partial<Record<LiveStatus, RequestStatus>>)[status];

/** The live request of a seat, if it has one: a seat has at most one at a time. */
export const requestOf = (floor: Floor, seat: SeatId): FloorRequest | undefined =>
  floor.requests.find((r) => r.beneficiary === seat);

/** The live request of that id, if there is one. */
export const requestById = (floor: Floor, id: RequestId): FloorRequest | undefined =>
  floor.requests.find((r) => r.id === id);

export const holds = (floor: Floor, seat: SeatId): boolean =>
  requestOf(floor, seat)?.status === 'granted';

/** The list that accepted requests of a kind wait in. */
export const listOf = (floor: Floor, kind: RequestKind): readonly RequestId[] =>
  kind === 'reply' ? floor.replies : floor.queue;

/** Where a request enters its list, from 1: behind its equals in priority (RFC 8855 §5.2.4). */
export function entryPosition(
  floor: Floor,
  { kind, priority }: Pick<FloorRequest, 'kind' | 'priority'>,
): number {
  const behind = listOf(floor, kind).findLastIndex((id) => {
    const queued = requestById(floor, id);
    return queued !== undefined && queued.priority >= priority;
  });
  return behind + 2;
}
