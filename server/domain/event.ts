import type { AgendaItem } from './agenda.ts';
import type { BriefingPlan, Layout, Phase } from './briefing.ts';
import type { Directive } from './directives.ts';
import type { FloorRules, Priority, RequestKind, RevokeReason } from './floor.ts';
import type { BriefingId, ConnectionId, Instant, RequestId, SeatId, Version } from './ids.ts';
import type { LineResult } from './lineCheck.ts';
import type { MessageId } from './message.ts';
import type { Actor } from './permits.ts';
import type { Declaration } from './rollCall.ts';
import type { VoteId } from './vote.ts';

interface OfRequest {
  readonly request: RequestId;
  readonly beneficiary: SeatId;
}

/**
 * What can happen in a briefing. Floor events carry enough to be folded by a client that was
 * shown nothing of the request before (a point sees only what concerns it or was published).
 */
export type BriefingEvent =
  | { readonly type: 'briefing.planned'; readonly plan: BriefingPlan }
  | { readonly type: 'phase.changed'; readonly to: Phase }
  | { readonly type: 'agenda.entered'; readonly item: string }
  | { readonly type: 'agenda.changed'; readonly agenda: readonly AgendaItem[] }
  | {
      readonly type: 'rollCall.declared';
      readonly seat: SeatId;
      readonly declaration: Declaration;
    }
  | { readonly type: 'lineCheck.started'; readonly run: string; readonly seats: readonly SeatId[] }
  | {
      readonly type: 'lineCheck.recorded';
      readonly run: string;
      readonly seat: SeatId;
      readonly result: LineResult | null;
    }
  | {
      readonly type: 'vote.opened';
      readonly vote: VoteId;
      readonly question: string;
      readonly options: readonly string[];
      readonly secret: boolean;
    }
  | {
      readonly type: 'vote.cast';
      readonly vote: VoteId;
      readonly seat: SeatId;
      /** Null as shown to those who may not know it. */
      readonly option: number | null;
      readonly secret: boolean;
    }
  | { readonly type: 'vote.closed'; readonly vote: VoteId; readonly counts: readonly number[] }
  | { readonly type: 'directive.written'; readonly directive: Directive }
  /** The whole directive, since points see it from here on. */
  | { readonly type: 'directive.given'; readonly directive: Directive }
  | { readonly type: 'directive.received'; readonly number: number; readonly seat: SeatId }
  | {
      readonly type: 'directive.settled';
      /** Of a former briefing; without one, of this one. */
      readonly briefing?: BriefingId | undefined;
      readonly number: number;
      readonly as: 'done' | 'withdrawn';
      readonly was: 'draft' | 'given';
    }
  | { readonly type: 'notice.issued'; readonly reference: string }
  | {
      readonly type: 'seat.joined';
      readonly seat: SeatId;
      readonly connection: ConnectionId;
      /** first: never here before · returned: after a loss · evicted: took over from a live connection. */
      readonly how: 'first' | 'returned' | 'evicted';
    }
  | { readonly type: 'seat.left'; readonly seat: SeatId }
  | { readonly type: 'seat.lost'; readonly seat: SeatId; readonly connection: ConnectionId }
  /** An absence was announced, so that the seat is not waited for; or it was taken back. */
  | { readonly type: 'seat.excused'; readonly seat: SeatId }
  | { readonly type: 'seat.awaited'; readonly seat: SeatId }
  | { readonly type: 'seat.muted'; readonly seat: SeatId }
  | { readonly type: 'seat.unmuted'; readonly seat: SeatId }
  | ({
      readonly type: 'floor.requested';
      readonly kind: RequestKind;
      readonly requestedBy: Actor;
      readonly priority: Priority;
      readonly requestedAt: Instant;
    } & OfRequest)
  | ({
      readonly type: 'floor.accepted';
      readonly kind: RequestKind;
      readonly requestedBy: Actor;
      readonly priority: Priority;
      readonly requestedAt: Instant;
      /** Queue position, from 1, at the time of acceptance. */
      readonly position: number;
    } & OfRequest)
  | ({ readonly type: 'floor.moved'; readonly position: number } & OfRequest)
  | ({
      readonly type: 'floor.granted';
      readonly kind: RequestKind;
      readonly requestedBy: Actor;
      readonly priority: Priority;
      readonly requestedAt: Instant;
      /** How long the speech may take, in milliseconds; null: as long as it takes. */
      readonly allottedMs: number | null;
    } & OfRequest)
  /** `was`: what it ended from; a request that was only pending was never published. */
  | ({ readonly type: 'floor.denied'; readonly was: 'pending' | 'accepted' } & OfRequest)
  | ({ readonly type: 'floor.cancelled'; readonly was: 'pending' | 'accepted' } & OfRequest)
  | ({ readonly type: 'floor.released' } & OfRequest)
  | ({ readonly type: 'floor.revoked'; readonly reason: RevokeReason } & OfRequest)
  | ({ readonly type: 'floor.extended'; readonly byMs: number } & OfRequest)
  /** Time lost to a failure, given back to the holder. */
  | ({
      readonly type: 'floor.credited';
      readonly byMs: number;
      readonly cause: 'lineLost' | 'nodeMoved';
    } & OfRequest)
  | { readonly type: 'floor.rulesChanged'; readonly rules: FloorRules }
  | { readonly type: 'presentation.started'; readonly seat: SeatId }
  | { readonly type: 'presentation.stopped'; readonly seat: SeatId }
  | { readonly type: 'layout.changed'; readonly layout: Layout }
  | {
      readonly type: 'message.sent';
      readonly message: MessageId;
      readonly to: 'all' | readonly SeatId[];
      readonly text: string;
    }
  | { readonly type: 'message.acknowledged'; readonly message: MessageId; readonly seat: SeatId }
  | {
      readonly type: 'message.withdrawn';
      readonly message: MessageId;
      readonly to: 'all' | readonly SeatId[];
    }
  /**
   * People let the journal go on though it had lost what stood from `from` to `to`. One of these
   * takes the place of each lost event, and one more comes after: so versions, which are fencing
   * tokens, go on above every one that was ever seen, and without a gap.
   */
  | { readonly type: 'journal.resumed'; readonly from: Version; readonly to: Version };

/** An event as the journal keeps it. */
export interface Recorded {
  readonly version: Version;
  readonly at: Instant;
  readonly by: Actor;
  /** The id of the command that caused it, so that "once" can be checked afterwards. */
  readonly command: string;
  readonly event: BriefingEvent;
}
