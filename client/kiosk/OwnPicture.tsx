import type { SeatId } from '../../server/domain/ids.ts';
import { local, text } from '../i18n/language.ts';
import type { Devices } from '../media/devices.ts';
import { streamKey } from '../media/streamKey.ts';
import { Icon } from '../ui/Icon.tsx';
import { Video } from '../ui/stage/Video.tsx';
import { useSurface } from '../ui/useSurface.ts';

interface OwnPictureProps {
  readonly seat: SeatId;
  readonly devices: Devices | null;
  /** Before the own turn it is larger: time to look at oneself. */
  readonly large: boolean;
}

/** What this site sends, small, with its name; or in a word why it sends none. */
export function OwnPicture({ seat, devices, large }: OwnPictureProps) {
  const { link } = useSurface();
  const t = text.value;
  const track = devices?.track('camera').value ?? null;
  const trouble = devices?.trouble('camera').value ?? null;
  const name = link.state.value?.seats[seat]?.name;
  return (
    <figure class="own" data-large={large ? '' : undefined} aria-label={t.stage.own}>
      {track && <Video stream={streamKey(seat, 'camera')} track={track} shown="own" />}
      {!track && (
        <p class="own-trouble" data-trouble={trouble ?? 'waiting'}>
          <Icon name="cameraOff" />
          {trouble ? t.device.short[trouble] : t.stage.waiting}
        </p>
      )}
      <figcaption>{name && local(name)}</figcaption>
    </figure>
  );
}
