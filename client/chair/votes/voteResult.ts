import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import type { Vote } from '../../../server/domain/vote.ts';
import { inOrder } from '../../ui/roster.ts';

export interface OptionResult {
  readonly option: string;
  readonly count: number;
  /** Who chose it, in protocol order; empty where that is nobody's to know. */
  readonly seats: readonly Seat[];
}

/** Who may vote and has not, in protocol order. */
export const notVoted = ({ cast }: Pick<Vote, 'cast'>, seats: BriefingState['seats']): Seat[] =>
  inOrder(seats).filter(({ id }) => !Object.hasOwn(cast, id));

/** A closed vote option by option: counts always, names where it was open. */
export function voteResult(vote: Vote, seats: BriefingState['seats']): OptionResult[] {
  const { options, counts, secret, cast } = vote;
  return options.map((option, index) => ({
    option,
    count: counts?.[index] ?? 0,
    seats: secret ? [] : inOrder(seats).filter(({ id }) => cast[id] === index),
  }));
}
