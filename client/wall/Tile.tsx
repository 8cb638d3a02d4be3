import type { ReadonlySignal } from '@preact/signals';
import { useComputed } from '@preact/signals';
import type { SeatId } from '../../server/domain/ids.ts';
import { local, text } from '../i18n/language.ts';
import { streamKey } from '../media/streamKey.ts';
import { Icon } from '../ui/Icon.tsx';
import { Video } from '../ui/stage/Video.tsx';
import { LookButton, Marks, placeWords } from './Marks.tsx';
import { tileName } from './tileName.ts';
import { type TileLook, useTile } from './useTile.ts';
import { WhyNotCard } from './WhyNotCard.tsx';

interface TileProps {
  readonly id: SeatId;
  /** How wide it is, in pixels. */
  readonly width: number;
  /** The tile where the keyboard is. */
  readonly reached: ReadonlySignal<SeatId | null>;
  /** Whose picture stands in the large place. */
  readonly large: ReadonlySignal<SeatId | null>;
  readonly onLook: (seat: SeatId) => void;
  readonly onReach: (seat: SeatId) => void;
}

/** One site's place on the wall: its picture, or in words why there is none and since when. */
export function Tile({ id, width, reached, large, onLook, onReach }: TileProps) {
  const look = useTile(id);
  const here = useComputed(() => reached.value === id).value;
  const isLarge = useComputed(() => large.value === id).value;
  if (!look) return null;
  const { seat, track, why, whySince, floor, unread, loud } = look;
  return (
    <article
      class="tile"
      data-seat={id}
      data-status={seat.status}
      data-on-air={floor?.is === 'onAir' || undefined}
      data-speaking={loud > 0 || undefined}
      data-large={isLarge || undefined}
    >
      {track && <Video stream={streamKey(id, 'camera')} track={track} shown="main" />}
      {why !== null && <WhyNotCard why={why} since={whySince} />}
      <Marks floor={floor} unread={unread} />
      <footer>
        <span class="name">{tileName(seat, { width, local })}</span>
        <SoundSlot muted={seat.muted} loud={loud} />
      </footer>
      <span class="ring" style={{ '--loud': loud }} />
      <LookButton
        seat={id}
        label={labelOf(look)}
        reached={here}
        onLook={() => onLook(id)}
        onReach={() => onReach(id)}
      />
    </article>
  );
}

/** A place of fixed width, so that a name does not move when somebody begins to speak. */
function SoundSlot({ muted, loud }: { readonly muted: boolean; readonly loud: number }) {
  const t = text.value.wall;
  return (
    <span class="sound" data-muted={muted || undefined} title={muted ? t.muted : undefined}>
      {muted ? (
        <>
          <Icon name="microphoneOff" />
          <span class="hidden">{t.muted}</span>
        </>
      ) : (
        loud > 0 && <Icon name={loud > 0.4 ? 'sound' : 'soundLow'} />
      )}
    </span>
  );
}

/** All that the tile says, for whoever hears it. */
function labelOf({ seat, why, floor, unread }: TileLook): string {
  const t = text.value;
  const said = [
    local(seat.name),
    why === null ? t.seat[seat.status] : t.wall.why[why],
    floor?.is === 'onAir' && t.wall.onAir,
    floor?.is === 'queued' && placeWords(floor),
    floor?.is === 'pending' && t.wall.asks,
    seat.muted && t.wall.muted,
    unread && t.wall.unread,
  ];
  return `${said.filter((s) => s !== false).join('. ')}. ${t.wall.look}`;
}
