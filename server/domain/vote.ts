import type { Instant, SeatId } from './ids.ts';

export type VoteId = string;

/** A vote: one site, one vote, and what is cast stays. */
export interface Vote {
  readonly id: VoteId;
  readonly question: string;
  readonly options: readonly string[];
  /** Of a secret vote only that a site has voted is ever shown, and in the end the counts. */
  readonly secret: boolean;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** Who has voted: the option's index, or null where it is not for this viewer to know. */
  readonly cast: Readonly<Record<SeatId, number | null>>;
  /** Votes for each option, once closed. */
  readonly counts: readonly number[] | null;
}

export const openVote = (votes: readonly Vote[]): Vote | undefined =>
  votes.find(({ closedAt }) => closedAt === null);

/** Counts what was cast. Only where every choice is known: in the journal. */
export const tally = ({ options, cast }: Vote): number[] =>
  options.map((_, option) => Object.values(cast).filter((choice) => choice === option).length);
