import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { isFor, type Message } from '../../server/domain/message.ts';

/** A word and its reminders: one thing to read, and one press acknowledges them all. */
export interface Unanswered {
  readonly message: Message;
  readonly again: readonly Message[];
}

/** What a site has still to acknowledge, the oldest first. */
export function unansweredBy(state: BriefingState, seat: SeatId): Unanswered[] {
  const open = state.messages.filter((m) => isFor(m, seat) && !Object.hasOwn(m.acknowledged, seat));
  return open
    .filter((m, i) => open.findIndex(({ text }) => text === m.text) === i)
    .map((message) => ({
      message,
      again: open.filter((m) => m !== message && m.text === message.text),
    }));
}
