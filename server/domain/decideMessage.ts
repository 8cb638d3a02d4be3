import type { Command } from './command.ts';
import type { Draft, Outcome } from './draft.ts';
import { isFor, longestMessage } from './message.ts';
import { seatById } from './roster.ts';

type MessageCommand = Extract<Command, { type: `message.${string}` }>;
type Of<T extends MessageCommand['type']> = Extract<MessageCommand, { type: T }>;

/** Words from the control room, and the points' receipts for them. */
export function decideMessage(draft: Draft, command: MessageCommand): Outcome {
  if (draft.state.phase === 'closed') return 'wrongPhase';
  switch (command.type) {
    case 'message.send':
      return send(draft, command);
    case 'message.acknowledge':
      return acknowledge(draft, command);
    case 'message.withdraw': {
      const sent = draft.state.messages.find(({ id }) => id === command.message);
      if (!sent) return 'unknownMessage';
      return draft.record({ type: 'message.withdrawn', message: sent.id, to: sent.to });
    }
  }
}

function send(draft: Draft, { to, text }: Of<'message.send'>): Outcome {
  const { seats, chairPoint, version } = draft.state;
  const words = text.trim();
  if (words === '' || words.length > longestMessage) return 'malformed';
  if (to !== 'all') {
    if (to.length === 0) return 'malformed';
    if (to.some((id) => id === chairPoint || !seatById(seats, id))) return 'unknownSeat';
  }
  return draft.record({
    type: 'message.sent',
    message: `m${version + 1}`,
    to: to === 'all' ? to : [...new Set(to)],
    text: words,
  });
}

/** One receipt for each point: a second press of the button changes nothing. */
function acknowledge(draft: Draft, { message, seat }: Of<'message.acknowledge'>): Outcome {
  const sent = draft.state.messages.find(({ id }) => id === message);
  if (!sent || !isFor(sent, seat)) return 'unknownMessage';
  if (!seatById(draft.state.seats, seat)) return 'unknownSeat';
  if (Object.hasOwn(sent.acknowledged, seat)) return 'nothingToChange';
  return draft.record({ type: 'message.acknowledged', message, seat });
}
