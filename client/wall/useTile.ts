import { useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Instant, SeatId } from '../../server/domain/ids.ts';
import type { Seat } from '../../server/domain/roster.ts';
import { streamKey } from '../media/streamKey.ts';
import { useSurface } from '../ui/useSurface.ts';
import {
  type FloorMark,
  floorMark,
  loudness,
  type PictureState,
  unacknowledgedSince,
  type WhyNot,
  whyNot,
} from './stand.ts';
import { useSince } from './useSince.ts';

/** All that a tile shows of one site. */
export interface TileLook {
  readonly seat: Seat;
  readonly track: MediaStreamTrack | undefined;
  /** Null: the picture is there. */
  readonly why: WhyNot | null;
  /** Since when; null where that is not known, or says nothing. */
  readonly whySince: Instant | null;
  readonly floor: FloorMark | null;
  readonly unread: boolean;
  /** 0 … 1; 0 is silence. */
  readonly loud: number;
}

/**
 * Follows one site. Each part is a signal of its own, so that of 71 tiles only the one is drawn
 * anew of which something changed. Null for a seat that the briefing does not have.
 */
export function useTile(id: SeatId): TileLook | null {
  const { link, media, frames } = useSurface();
  const key = streamKey(id, 'camera');
  const seat = useComputed(() => link.state.value?.seats[id]).value;
  const track = useComputed(() => media.streams.value.get(key)).value;
  const arrived = useComputed(() => frames.first.value.has(key)).value;
  const camera = useComputed(() => link.sites.value.get(id)?.camera).value;
  const loud = useComputed(() => loudness(link.levels.value.get(id))).value;
  const unread = useComputed(
    () => unacknowledgedSince(link.state.value?.messages ?? [], id) !== null,
  ).value;
  // As text, because an equal mark is the same mark.
  const mark = useComputed(() => {
    const state = link.state.value;
    return JSON.stringify(state ? floorMark(state.floor, id) : null);
  }).value;
  const picture = usePicture(track, arrived);
  const why = seat ? whyNot({ seat, camera, picture }) : null;
  const cameraSince = useSince(camera);
  const pictureSince = useSince(picture);
  if (!seat) return null;
  const floor: FloorMark | null = JSON.parse(mark);
  const whySince = sinceOf({ seat, why, cameraSince, pictureSince });
  return { seat, track, why, whySince, floor, unread, loud };
}

/** A picture that was there on this very track and is not any more has stopped. */
function usePicture(track: MediaStreamTrack | undefined, arrived: boolean): PictureState {
  const seen = useRef<MediaStreamTrack | undefined>(undefined);
  const live = track !== undefined && arrived;
  if (live) seen.current = track;
  if (live) return 'live';
  return track !== undefined && seen.current === track ? 'still' : 'none';
}

interface Causes {
  readonly seat: Seat;
  readonly why: WhyNot | null;
  readonly cameraSince: Instant | null;
  readonly pictureSince: Instant | null;
}

/** The roster says when a seat was lost; of the rest this page knows what it has seen happen. */
function sinceOf({ seat, why, cameraSince, pictureSince }: Causes): Instant | null {
  switch (why) {
    case 'lost':
      return seat.since;
    case 'still':
      return pictureSince;
    case 'missing':
    case 'busy':
    case 'denied':
    case 'insecure':
      return cameraSince;
    case 'excused':
    case 'expected':
    case 'waiting':
    case null:
      return null;
  }
}
