import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { TrackedDirective } from '../../../server/domain/directives.ts';
import type { SeatId } from '../../../server/domain/ids.ts';
import { openVote, type Vote } from '../../../server/domain/vote.ts';
import { type Unanswered, unansweredBy } from '../messages.ts';
import { ownTasks } from '../papers/tasks.ts';

type Some<T> = readonly [T, ...T[]];

/** The one thing that a site is asked for now, or told: it stands above the bar. */
export type Card =
  | { readonly is: 'message'; readonly messages: Some<Unanswered> }
  | { readonly is: 'vote' | 'voted' | 'result'; readonly vote: Vote }
  | { readonly is: 'directive'; readonly directives: Some<TrackedDirective> };

/** What people at this machine have put aside until they look for it themselves. */
export interface PutAside {
  readonly results: ReadonlySet<string>;
  readonly directives: ReadonlySet<number>;
}

/** How long a result stays by itself, in milliseconds: long enough to be written down. */
export const resultFor = 60_000;

/** The vote that was closed last, as long as nobody has put its result aside. */
export function lastResult(state: BriefingState, aside: PutAside): Vote | undefined {
  const last = state.votes.at(-1);
  return last?.counts && !aside.results.has(last.id) ? last : undefined;
}

/**
 * A word from the control room comes first, since it may be about the rest, then a vote that waits
 * for this site, its result, and tasks to confirm.
 *
 * @param now the server's time
 */
export function cardOf(
  state: BriefingState,
  { seat, aside, now }: { readonly seat: SeatId; readonly aside: PutAside; readonly now: number },
): Card | null {
  const [message, ...others] = unansweredBy(state, seat);
  if (message) return { is: 'message', messages: [message, ...others] };
  const vote = openVote(state.votes);
  if (vote && !Object.hasOwn(vote.cast, seat)) return { is: 'vote', vote };
  const result = lastResult(state, aside);
  if (result && now - (result.closedAt ?? 0) < resultFor) return { is: 'result', vote: result };
  const [directive, ...more] = ownTasks(state, seat).filter(
    ({ number, status, received }) =>
      status === 'given' && !Object.hasOwn(received, seat) && !aside.directives.has(number),
  );
  if (directive) return { is: 'directive', directives: [directive, ...more] };
  return vote ? { is: 'voted', vote } : null;
}
