import type { Seat } from '../../server/domain/roster.ts';
import { minuteTime } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { streamKey } from '../media/streamKey.ts';
import { Icon } from '../ui/Icon.tsx';
import { seatIcon } from '../ui/seatIcon.ts';
import { Video } from '../ui/stage/Video.tsx';
import { useSurface } from '../ui/useSurface.ts';

interface TileProps {
  readonly seat: Seat;
  readonly onAir: boolean;
}

/** One site's place on the wall: its picture, or in words why there is none and since when. */
export function Tile({ seat, onAir }: TileProps) {
  const { media, frames } = useSurface();
  const t = text.value;
  const key = streamKey(seat.id, 'camera');
  const track = media.streams.value.get(key);
  const here = seat.status === 'connected';
  const pictured = here && frames.has(key, track);
  return (
    <article
      class="tile"
      data-seat={seat.id}
      data-status={seat.status}
      data-on-air={onAir || undefined}
    >
      {track && <Video stream={key} track={track} shown="main" />}
      {!pictured && (
        <p class="why">
          <Icon name={here ? 'cameraOff' : seatIcon[seat.status]} />
          <span>{here ? t.wall.noPicture : t.seat[seat.status]}</span>
          {seat.status === 'lost' && <time>{t.wall.since(minuteTime(seat.since))}</time>}
        </p>
      )}
      {onAir && (
        <strong class="air">
          <Icon name="onAir" />
          {t.wall.onAir}
        </strong>
      )}
      <footer>
        <span class="name">{local(seat.name)}</span>
        {seat.muted && <Icon name="microphoneOff" />}
      </footer>
    </article>
  );
}
