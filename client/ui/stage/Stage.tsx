import { useComputed } from '@preact/signals';
import type { CSSProperties } from 'preact';
import type { SeatId } from '../../../server/domain/ids.ts';
import { programme } from '../../../server/domain/routing.ts';
import type { Tracks } from '../../media/receiver.ts';
import { splitKey, streamKey } from '../../media/streamKey.ts';
import { useSurface } from '../useSurface.ts';
import { arrange, nothingShown } from './arrange.ts';
import { isAway } from './away.ts';
import { Caption } from './Caption.tsx';
import { type Placement, place } from './place.ts';
import { useHeld } from './useHeld.ts';
import { Video } from './Video.tsx';
import './stage.css';

interface StageProps {
  /** The page's own seat where it must not be shown large; null where the programme is whole. */
  readonly hidden: SeatId | null;
  /** The page's own tracks where they belong into the programme: the chair never receives itself. */
  readonly local?: Tracks;
  /** How much of the height a bar covers at the bottom, in percent. */
  readonly covered?: number;
}

const noTracks: Tracks = new Map();
const inPlace = ({ x, y, width, height }: Placement): CSSProperties => ({
  left: `${x}%`,
  top: `${y}%`,
  width: `${width}%`,
  height: `${height}%`,
});

/** The programme as every site sees it. */
export function Stage({ hidden, local = noTracks, covered = 0 }: StageProps) {
  const { link, media, frames } = useSurface();
  const target = useComputed(() => {
    const state = link.state.value;
    return state ? arrange(programme(state), hidden) : nothingShown;
  });
  const ready = (seat: SeatId, source: 'camera' | 'presentation'): boolean => {
    const key = streamKey(seat, source);
    // Who is not here has no picture to wait for: the card with the name comes at once.
    if (isAway(link, seat)) return true;
    return local.has(key) || frames.has(key, media.streams.value.get(key));
  };
  const held = useHeld(target, ready);
  const { shown } = held.value;
  const tracks: Tracks = new Map([...media.streams.value, ...local]);
  const placements = place(shown, covered);
  const at = new Map(placements.map((p) => [streamKey(p.seat, p.source), p]));
  // In a fixed order, so that no element is ever moved within the page.
  const pictures = [...new Set([...tracks.keys(), ...at.keys()])]
    .filter((key) => !['microphone', 'aside'].includes(splitKey(key).source))
    .sort();
  return (
    <div
      class="stage"
      data-presenting={shown.presenter === null ? undefined : ''}
      data-shared={shown.main.length > 1 ? '' : undefined}
    >
      {pictures.map((key) => {
        const placed = at.get(key);
        return (
          <Video
            key={key}
            stream={key}
            track={tracks.get(key)}
            shown={placed?.shown ?? 'standby'}
            style={placed ? inPlace(placed) : undefined}
          />
        );
      })}
      {placements.map((placed) => {
        const key = streamKey(placed.seat, placed.source);
        const height = Math.min(placed.height, 100 - covered - placed.y);
        const pictured = local.has(key) || frames.has(key, media.streams.value.get(key));
        return (
          <Caption
            key={key}
            placed={placed}
            pictured={pictured}
            style={inPlace({ ...placed, height })}
          />
        );
      })}
    </div>
  );
}
