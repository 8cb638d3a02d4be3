import type { BriefingState } from '../../server/domain/briefing.ts';
import { requestOf } from '../../server/domain/floor.ts';
import type { Instant, RequestId, SeatId } from '../../server/domain/ids.ts';
import { programme } from '../../server/domain/routing.ts';

/** Where a seat stands with the floor, as its own kiosk says it. */
export type Stand =
  | { readonly is: 'idle' }
  | { readonly is: 'pending'; readonly request: RequestId }
  | {
      readonly is: 'queued';
      readonly request: RequestId;
      readonly place: number;
      /** Speaks next, whatever stands before it in the queue is not here. */
      readonly next: boolean;
    }
  | { readonly is: 'onAir'; readonly request: RequestId; readonly since: Instant };

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
        next: programme(state).cue === seat,
      };
    case 'granted':
      return { is: 'onAir', request: request.id, since: request.grantedAt ?? 0 };
  }
}
