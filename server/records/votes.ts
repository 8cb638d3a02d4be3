import type { Recorded } from '../domain/event.ts';
import { nothing } from '../domain/evolve.ts';
import type { Instant, SeatId } from '../domain/ids.ts';
import { tally, type VoteId } from '../domain/vote.ts';
import { replay } from './replay.ts';

export interface VoteOption {
  readonly text: string;
  /** Null while the vote is open. */
  readonly count: number | null;
  /** Who chose it, in the order of voting; null of a secret vote, for ever. */
  readonly seats: readonly SeatId[] | null;
}

export interface VoteResult {
  readonly vote: VoteId;
  readonly item: string | null;
  readonly question: string;
  readonly secret: boolean;
  readonly openedAt: Instant;
  /** Null while it is open. */
  readonly closedAt: Instant | null;
  readonly options: readonly VoteOption[];
  /** How many sites have voted. */
  readonly voted: number;
  /** Points that might have voted and did not: those of the roster, the chair's left out. */
  readonly notVoted: readonly SeatId[];
}

/**
 * The votes of a journal. A secret vote's counts are those of its closing event alone, so that the
 * record is the same whether the choices are still in the journal or masked in its archive.
 */
export function votes(journal: readonly Recorded[]): VoteResult[] {
  const items = new Map<VoteId, string | null>();
  let state = nothing;
  for (const { recorded, after } of replay(journal)) {
    const { event } = recorded;
    if (event.type === 'vote.opened') items.set(event.vote, after.agendaAt?.item ?? null);
    state = after;
  }
  const points = Object.values(state.seats)
    .sort((a, b) => a.order - b.order)
    .map(({ id }) => id)
    .filter((id) => id !== state.chairPoint);
  return state.votes.map((vote) => {
    const cast = Object.entries(vote.cast);
    const counts = vote.counts ?? (vote.secret || vote.closedAt === null ? null : tally(vote));
    return {
      vote: vote.id,
      item: items.get(vote.id) ?? null,
      question: vote.question,
      secret: vote.secret,
      openedAt: vote.openedAt,
      closedAt: vote.closedAt,
      options: vote.options.map((text, option) => ({
        text,
        count: counts?.[option] ?? null,
        seats: vote.secret
          ? null
          : cast.filter(([, choice]) => choice === option).map(([seat]) => seat),
      })),
      voted: cast.length,
      notVoted: points.filter((seat) => !Object.hasOwn(vote.cast, seat)),
    };
  });
}
