import type { AgendaItem } from './agenda.ts';
import type { BriefingPlan, Layout, PhaseStep } from './briefing.ts';
import type { Directive } from './directives.ts';
import type { FloorMode, Interrupt, Priority, RequestKind, SpeechRule } from './floor.ts';
import type { BriefingId, ConnectionId, RequestId, SeatId, Version } from './ids.ts';
import type { LineResult } from './lineCheck.ts';
import type { MessageId } from './message.ts';
import type { Declaration } from './rollCall.ts';
import type { VoteId } from './vote.ts';

/** What people, timers and the lease sweeper may ask of a briefing. */
export type Command =
  | { readonly type: 'briefing.plan'; readonly plan: BriefingPlan }
  /** The whole plan anew, as long as the briefing has not opened. */
  | { readonly type: 'briefing.replan'; readonly plan: BriefingPlan }
  /** A timer's word that the hour has come; void unless it quotes the start that is planned. */
  | { readonly type: 'briefing.open'; readonly startsAt: string }
  | { readonly type: 'agenda.enter'; readonly item: string }
  | { readonly type: 'agenda.change'; readonly agenda: readonly AgendaItem[] }
  | {
      readonly type: 'rollCall.declare';
      readonly seat: SeatId;
      readonly declaration: Declaration;
    }
  | { readonly type: 'lineCheck.start'; readonly seats: 'all' | readonly SeatId[] }
  | {
      readonly type: 'lineCheck.record';
      readonly run: string;
      readonly seat: SeatId;
      /** Null: the site did not answer. */
      readonly result: LineResult | null;
    }
  | {
      readonly type: 'vote.open';
      readonly question: string;
      readonly options: readonly string[];
      readonly secret: boolean;
    }
  | {
      readonly type: 'vote.cast';
      readonly vote: VoteId;
      readonly seat: SeatId;
      readonly option: number;
    }
  | { readonly type: 'vote.close'; readonly vote: VoteId }
  /** Writes a draft, new or anew; a number that is not there must be the next. */
  | { readonly type: 'directive.write'; readonly directive: Directive }
  | { readonly type: 'directive.give'; readonly numbers: readonly number[] }
  | { readonly type: 'directive.receive'; readonly number: number; readonly seat: SeatId }
  | {
      readonly type: 'directive.settle';
      /** The former briefing whose directive it is; without one, this briefing's own. */
      readonly briefing?: BriefingId | undefined;
      readonly number: number;
      readonly as: 'done' | 'withdrawn';
    }
  /** Records that the conclusion notice has gone out. */
  | {
      readonly type: 'notice.issue';
      /** Its number and sign, as on its head (Decree 30/2020/NĐ-CP, Appendix I, II.3). */
      readonly reference: string;
    }
  | { readonly type: 'phase.step'; readonly step: PhaseStep }
  | { readonly type: 'seat.join'; readonly seat: SeatId; readonly connection: ConnectionId }
  /** The page said goodbye. Only that connection's seat is given up. */
  | { readonly type: 'seat.leave'; readonly seat: SeatId; readonly connection: ConnectionId }
  /** The line went, or the lease lapsed. */
  | { readonly type: 'seat.lose'; readonly seat: SeatId; readonly connection: ConnectionId }
  | { readonly type: 'seat.mute'; readonly seat: SeatId }
  | { readonly type: 'seat.unmute'; readonly seat: SeatId }
  /** Mutes every point that does not hold the floor; the chair point never. */
  | { readonly type: 'seat.muteOthers' }
  | { readonly type: 'seat.unmuteAll' }
  | {
      readonly type: 'floor.request';
      readonly beneficiary: SeatId;
      readonly priority?: Priority | undefined;
      /** A speech where nothing is said. */
      readonly kind?: RequestKind | undefined;
    }
  /** Cancels or releases, whichever the request's status calls for (RFC 8855 §10.2.1, §13.4). */
  | { readonly type: 'floor.release'; readonly request: RequestId }
  | {
      readonly type: 'floor.accept';
      readonly request: RequestId;
      readonly position?: number | undefined;
    }
  | { readonly type: 'floor.move'; readonly request: RequestId; readonly position: number }
  | { readonly type: 'floor.deny'; readonly request: RequestId }
  /**
   * From the queue (`request`) or any seat by name (`seat`). When the floor is full, `replace`
   * revokes the longest holder first (RFC 8855 §4.2); without it the grant is refused.
   */
  | {
      readonly type: 'floor.grant';
      readonly target: { readonly request: RequestId } | { readonly seat: SeatId };
      readonly replace: boolean;
    }
  | { readonly type: 'floor.revoke'; readonly request: RequestId }
  /** A timer's word that the grace of a lost holder is over; void unless it quotes that very loss. */
  | { readonly type: 'floor.expireGrace'; readonly seat: SeatId; readonly lostAtVersion: Version }
  | {
      readonly type: 'floor.setRules';
      readonly mode?: FloorMode | undefined;
      readonly maxFloorUsers?: number | undefined;
      /** For grants from now on; who speaks keeps the time that was given. */
      readonly speech?: SpeechRule | undefined;
      readonly replyMs?: number | null | undefined;
      readonly interrupt?: Interrupt | undefined;
    }
  /** More time for a holder, in milliseconds. */
  | { readonly type: 'floor.extend'; readonly request: RequestId; readonly byMs: number }
  /** Time that a move between nodes took from a holder is given back, in milliseconds. */
  | { readonly type: 'floor.credit'; readonly request: RequestId; readonly byMs: number }
  /** A timer's word that a speech's time is up; void unless it is, for this very grant. */
  | {
      readonly type: 'floor.expire';
      readonly request: RequestId;
      readonly grantVersion: Version;
    }
  | { readonly type: 'layout.set'; readonly layout: Layout }
  | {
      readonly type: 'message.send';
      readonly to: 'all' | readonly SeatId[];
      readonly text: string;
    }
  | { readonly type: 'message.acknowledge'; readonly message: MessageId; readonly seat: SeatId }
  | { readonly type: 'message.withdraw'; readonly message: MessageId }
  | { readonly type: 'presentation.start'; readonly seat: SeatId }
  | { readonly type: 'presentation.stop'; readonly seat: SeatId };

export type CommandType = Command['type'];
