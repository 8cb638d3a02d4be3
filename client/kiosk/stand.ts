import type { BriefingState } from '../../server/domain/briefing.ts';
import { requestOf } from '../../server/domain/floor.ts';
import type { RequestId, SeatId } from '../../server/domain/ids.ts';

/** Where a seat stands with the floor, as its own kiosk says it. */
export type Stand =
  | { readonly is: 'idle' }
  | { readonly is: 'pending'; readonly request: RequestId }
  | {
      readonly is: 'queued';
      readonly request: RequestId;
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
    case 'accepted':
      return {
        is: 'queued',
        request: request.id,
        place: state.floor.queue.indexOf(request.id) + 1,
        next: state.floor.queue[0] === request.id,
      };
    case 'granted':
      return { is: 'onAir', request: request.id };
  }
}
