import type { BriefingState } from '../../server/domain/briefing.ts';
import { requestById, requestOf } from '../../server/domain/floor.ts';
import type { Seat } from '../../server/domain/roster.ts';
import { local, text } from '../i18n/language.ts';

/** Whose turn a grant would end: the longest holder's, when the floor is full. */
export function replacedBy({ floor, seats }: BriefingState, seat: Seat): Seat | undefined {
  const [longest] = floor.holders;
  if (longest === undefined || floor.holders.length < floor.rules.maxFloorUsers) return undefined;
  const holder = requestById(floor, longest)?.beneficiary;
  return holder === undefined || holder === seat.id ? undefined : seats[holder];
}

/** What a grant to this seat does, and whose turn it ends. */
export function grantWords(state: BriefingState, seat: Seat): string {
  const t = text.value.chair;
  const ended = replacedBy(state, seat);
  const name = local(seat.name);
  return ended ? t.grantInstead(name, local(ended.name)) : t.grantTo(name);
}

interface Standing {
  readonly onAir: boolean;
  /** In a word; null when it has asked for nothing. */
  readonly floor: string | null;
}

/** Where the seat stands with the floor. */
export const standing = (state: BriefingState, seat: Seat): Standing => ({
  onAir: requestOf(state.floor, seat.id)?.status === 'granted',
  floor: floorWord(state, seat),
});

function floorWord({ floor }: BriefingState, seat: Seat): string | null {
  const t = text.value.chair;
  const request = requestOf(floor, seat.id);
  switch (request?.status) {
    case undefined:
      return null;
    case 'granted':
      return t.onAir;
    case 'accepted':
      return request.kind === 'reply'
        ? t.replies.mark
        : t.queued(floor.queue.indexOf(request.id) + 1);
    case 'pending':
      return t.pendingShort;
  }
}
