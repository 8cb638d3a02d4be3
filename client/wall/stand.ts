import { type Floor, listOf, type RequestKind, requestOf } from '../../server/domain/floor.ts';
import type { Instant, SeatId } from '../../server/domain/ids.ts';
import { isFor, type Message } from '../../server/domain/message.ts';
import type { Seat } from '../../server/domain/roster.ts';
import type { DeviceState } from '../../server/protocol/wire.ts';

/** Whether a tile's picture is there. `still`: it was, and has stopped moving. */
export type PictureState = 'none' | 'live' | 'still';

/** Why a tile shows no picture. */
export type WhyNot =
  | 'lost'
  | 'expected'
  | 'excused'
  | Exclude<DeviceState, 'live'>
  | 'still'
  | 'waiting';

interface Look {
  readonly seat: Pick<Seat, 'status'>;
  /** The site's own word about its camera, if it has given one. */
  readonly camera: DeviceState | undefined;
  readonly picture: PictureState;
}

/** Why there is no picture, the first cause first; null where there is one. */
export function whyNot({ seat, camera, picture }: Look): WhyNot | null {
  if (seat.status !== 'connected') return seat.status;
  if (camera !== undefined && camera !== 'live') return camera;
  if (picture === 'live') return null;
  return picture === 'still' ? 'still' : 'waiting';
}

/** What is wrong, and not only not there yet. */
const faults: ReadonlySet<WhyNot> = new Set([
  'lost',
  'missing',
  'busy',
  'denied',
  'insecure',
  'still',
]);

export const isFault = (why: WhyNot): boolean => faults.has(why);

/** Where a site stands on the floor, as its tile shows it. */
export type FloorMark =
  | { readonly is: 'onAir' }
  /** `place`: from 1, in the list of its kind. */
  | { readonly is: 'queued'; readonly kind: RequestKind; readonly place: number }
  | { readonly is: 'pending' };

export function floorMark(floor: Floor, seat: SeatId): FloorMark | null {
  const request = requestOf(floor, seat);
  switch (request?.status) {
    case 'granted':
      return { is: 'onAir' };
    case 'accepted':
      return {
        is: 'queued',
        kind: request.kind,
        place: listOf(floor, request.kind).indexOf(request.id) + 1,
      };
    case 'pending':
      return { is: 'pending' };
    case undefined:
      return null;
  }
}

/** Since when a seat has had a message that it has not acknowledged; null where it has none. */
export function unacknowledgedSince(messages: readonly Message[], seat: SeatId): Instant | null {
  const open = messages.find((m) => isFor(m, seat) && !Object.hasOwn(m.acknowledged, seat));
  return open?.sentAt ?? null;
}

/** From here on a sound passes for speech, and from there on it is as loud as is shown; dBov. */
const quietest = -55;
const loudest = -15;

/** How loud a measured level looks, 0 … 1 in steps of a twentieth; nothing measured is silence. */
export function loudness(level: number | undefined): number {
  if (level === undefined || level < quietest) return 0;
  const part = Math.min(1, (level - quietest) / (loudest - quietest));
  return Math.max(1, Math.round(part * 20)) / 20;
}
