import { rulesNow } from '../../server/domain/agenda.ts';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { listOf, type RequestKind, requestById, requestOf } from '../../server/domain/floor.ts';
import type { RequestId, SeatId } from '../../server/domain/ids.ts';

/** Where a seat stands with the floor, as its own kiosk says it. */
export type Stand =
  | { readonly is: 'idle' }
  | { readonly is: 'pending'; readonly request: RequestId }
  | {
      readonly is: 'queued';
      readonly request: RequestId;
      /** Replies wait in a list of their own. */
      readonly kind: RequestKind;
      readonly place: number;
      /** First in the queue. That those before it are away, only the office is told. */
      readonly next: boolean;
    }
  | { readonly is: 'onAir'; readonly request: RequestId };

export function standOf(state: BriefingState, seat: SeatId): Stand {
  const request = requestOf(state.floor, seat);
  switch (request?.status) {
    case undefined:
      return { is: 'idle' };
    case 'pending':
      return { is: 'pending', request: request.id };
    case 'accepted': {
      const { id, kind } = request;
      const place = listOf(state.floor, kind).indexOf(id) + 1;
      // Whether a reply comes before the next speech is for the chair to say.
      return { is: 'queued', request: id, kind, place, next: kind === 'speech' && place === 1 };
    }
    case 'granted':
      return { is: 'onAir', request: request.id };
  }
}

/** To whom a point may ask to reply now; null where nobody speaks or the item takes no replies. */
export function repliesTo(state: BriefingState, seat: SeatId): SeatId | null {
  const { agenda, agendaAt, floor } = state;
  if (!rulesNow(agenda, agendaAt).replies || requestOf(floor, seat)) return null;
  const speaking = floor.holders.flatMap((id) => requestById(floor, id) ?? []);
  const speaker = speaking.findLast(({ kind }) => kind === 'speech') ?? speaking.at(-1);
  return speaker?.beneficiary ?? null;
}
