import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { isFor, type Message } from '../../server/domain/message.ts';

/** What a site has still to acknowledge, the oldest first. */
export const unansweredBy = (state: BriefingState, seat: SeatId): Message[] =>
  state.messages.filter((m) => isFor(m, seat) && !Object.hasOwn(m.acknowledged, seat));
