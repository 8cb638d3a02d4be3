import type { SeatId } from '../../server/domain/ids.ts';
import type { Source } from '../../server/protocol/wire.ts';

/** Names a stream on a page and in its DOM, as in `lao-cai/camera`. */
export type StreamKey = `${SeatId}/${Source}`;

export const streamKey = (seat: SeatId, source: Source): StreamKey => `${seat}/${source}`;

export function splitKey(key: StreamKey): { readonly seat: SeatId; readonly source: Source } {
  const cut = key.lastIndexOf('/');
  return { seat: key.slice(0, cut), source: key.slice(cut + 1) as Source };
}
