import type { BriefingState } from './briefing.ts';
import type { BriefingEvent, Recorded } from './event.ts';
import { evolve } from './evolve.ts';
import { type RevokeReason, requestById } from './floor.ts';
import type { Instant, RequestId, SeatId } from './ids.ts';
import type { Actor } from './permits.ts';
import type { RefusalCode } from './refusal.ts';

/** What a decision needs from outside: rules know no clock and no randomness. */
export interface Given {
  readonly now: Instant;
  readonly by: Actor;
  /** The command's own id. */
  readonly command: string;
}

/** Why a command was not done; undefined when it was. */
export type Outcome = RefusalCode | undefined;

/** A decision in the making: each event is folded at once, so that the next rule sees its effect. */
export class Draft {
  readonly events: Recorded[] = [];
  state: BriefingState;
  readonly given: Given;

  constructor(state: BriefingState, given: Given) {
    this.state = state;
    this.given = given;
  }

  /** The id that a request gets which the next event creates. */
  nextRequestId(): RequestId {
    return `r${this.state.version + 1}`;
  }

  record(event: BriefingEvent): undefined {
    const { now: at, by, command } = this.given;
    const recorded: Recorded = { version: this.state.version + 1, at, by, command, event };
    this.events.push(recorded);
    this.state = evolve(this.state, recorded);
  }

  /** Takes the floor from a holder; if it was presenting, that stops too. */
  revoke(request: RequestId, reason: RevokeReason): undefined {
    const held = requestById(this.state.floor, request);
    if (held?.status !== 'granted') return;
    const { beneficiary } = held;
    this.record({ type: 'floor.revoked', request, beneficiary, reason });
    this.stopPresentationOf(beneficiary);
  }

  /** Ends a request that has not been granted. */
  dismiss(request: RequestId, type: 'floor.denied' | 'floor.cancelled'): undefined {
    const live = requestById(this.state.floor, request);
    if (!live || live.status === 'granted') return;
    this.record({ type, request, beneficiary: live.beneficiary, was: live.status });
  }

  stopPresentationOf(seat: SeatId): void {
    if (this.state.presentation?.seat !== seat || seat === this.state.chairPoint) return;
    this.record({ type: 'presentation.stopped', seat });
  }
}
