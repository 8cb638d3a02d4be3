import type { Instant, SeatId } from '../../../server/domain/ids.ts';
import { type Message, type MessageId, recipients } from '../../../server/domain/message.ts';

/** A word and its repetitions to those who had not acknowledged it. */
export interface Thread {
  /** The first message's. */
  readonly id: MessageId;
  /** Of all its messages, the first one first. */
  readonly messages: readonly MessageId[];
  readonly text: string;
  readonly to: 'all' | readonly SeatId[];
  readonly by: Message['by'];
  readonly sentAt: Instant;
  /** When it was last repeated; null when never. */
  readonly repeatedAt: Instant | null;
  readonly recipients: readonly SeatId[];
  readonly missing: readonly SeatId[];
}

interface Given {
  readonly messages: readonly Message[];
  readonly seats: readonly SeatId[];
  readonly chairPoint: SeatId;
}

/**
 * Messages as people think of them, the newest first. The same words again, to nobody new, are a
 * repetition: whoever acknowledges either has understood.
 */
export function threadsOf({ messages, seats, chairPoint }: Given): Thread[] {
  const threads: Thread[] = [];
  for (const message of messages) {
    const { id, text, to, by, sentAt } = message;
    const reached = recipients(message, seats, chairPoint);
    const left = reached.filter((seat) => !Object.hasOwn(message.acknowledged, seat));
    const first = threads.findIndex(
      (t) => t.text === text && to !== 'all' && reached.every((s) => t.recipients.includes(s)),
    );
    const thread = threads[first];
    if (!thread) {
      const more = { repeatedAt: null, recipients: reached, missing: left };
      threads.push({ id, messages: [id], text, to, by, sentAt, ...more });
      continue;
    }
    threads[first] = {
      ...thread,
      messages: [...thread.messages, id],
      repeatedAt: sentAt,
      missing: thread.missing.filter((seat) => !reached.includes(seat) || left.includes(seat)),
    };
  }
  return threads.reverse();
}
