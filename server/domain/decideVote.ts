import type { Command } from './command.ts';
import type { Draft, Outcome } from './draft.ts';
import { seatById } from './roster.ts';
import { openVote, tally } from './vote.ts';

type VoteCommand = Extract<Command, { type: `vote.${string}` }>;

/** Votes: one open at a time, one site one vote, and what is cast stays cast. */
export function decideVote(draft: Draft, command: VoteCommand): Outcome {
  const { phase, votes, seats, chairPoint, version } = draft.state;
  if (phase !== 'inSession') return 'wrongPhase';
  const open = openVote(votes);
  if (command.type === 'vote.open') {
    if (open) return 'voteUnderWay';
    const { question, options, secret } = command;
    const words = options.map((option) => option.trim());
    const distinct = new Set(words.map((word) => word.toLowerCase()));
    if (question.trim() === '' || words.length < 2 || words.includes('')) return 'malformed';
    if (distinct.size !== words.length) return 'malformed';
    return draft.record({
      type: 'vote.opened',
      vote: `v${version + 1}`,
      question: question.trim(),
      options: words,
      secret,
    });
  }
  const vote = votes.find(({ id }) => id === command.vote);
  if (!vote) return 'unknownVote';
  if (vote.closedAt !== null) return 'voteClosed';
  if (command.type === 'vote.close') {
    return draft.record({ type: 'vote.closed', vote: vote.id, counts: tally(vote) });
  }
  const { seat, option } = command;
  // The chairing office asks; the points answer.
  if (!seatById(seats, seat) || seat === chairPoint) return 'unknownSeat';
  if (Object.hasOwn(vote.cast, seat)) return 'alreadyVoted';
  if (option < 0 || option >= vote.options.length) return 'positionOutOfRange';
  return draft.record({ type: 'vote.cast', vote: vote.id, seat, option, secret: vote.secret });
}
