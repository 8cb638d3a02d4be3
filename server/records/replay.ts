import type { BriefingState } from '../domain/briefing.ts';
import type { Recorded } from '../domain/event.ts';
import { evolve, nothing } from '../domain/evolve.ts';
import type { Instant } from '../domain/ids.ts';

/** One event of a journal between the states before and after it. */
export interface Step {
  readonly before: BriefingState;
  readonly recorded: Recorded;
  readonly after: BriefingState;
}

/** Folds a journal from its beginning, and shows each step. Records know nothing but the journal. */
export function* replay(journal: readonly Recorded[]): Generator<Step> {
  let before = nothing;
  for (const recorded of journal) {
    const after = evolve(before, recorded);
    yield { before, recorded, after };
    before = after;
  }
}

/** When the briefing closed, and the state at that moment; sites leave afterwards. */
export interface Closing {
  /** Null while it is not closed. */
  readonly closedAt: Instant | null;
  /** The time up to which a record tells: the close, or the last event of an open briefing. */
  readonly asOf: Instant;
  /** As it was at the close, or as it is now. */
  readonly state: BriefingState;
}

/** Where a record ends. What comes after the close (receipts, settled tasks) is told where it counts. */
export function closing(journal: readonly Recorded[]): Closing {
  let last: Closing = { closedAt: null, asOf: 0, state: nothing };
  for (const { recorded, after } of replay(journal)) {
    last = { closedAt: null, asOf: Math.max(last.asOf, recorded.at), state: after };
    const { event } = recorded;
    if (event.type === 'phase.changed' && event.to === 'closed') {
      return { closedAt: recorded.at, asOf: recorded.at, state: after };
    }
  }
  return last;
}
