import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { duration } from '../i18n/format.ts';
import { text } from '../i18n/language.ts';
import type { DeviceTrouble } from '../media/devices.ts';
import { Figures } from '../ui/Figures.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useSurface } from '../ui/useSurface.ts';
import type { Stand } from './stand.ts';

interface BannersProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
  readonly stand: Stand;
  readonly trouble: DeviceTrouble | null;
}

/** What the people in the room must not miss, over the picture: on air, next, muted, no microphone. */
export function Banners({ state, seat, stand, trouble }: BannersProps) {
  const { link } = useSurface();
  const t = text.value;
  const muted = state.seats[seat]?.muted ?? false;
  return (
    <div class="banners" role="status">
      {stand.is === 'onAir' && (
        <div class="banner" data-banner="onAir">
          <Icon name="onAir" />
          <strong>{t.kiosk.onAir}</strong>
          {!muted && <span class="detail">{t.kiosk.onAirDetail}</span>}
          <span class="used">
            <Figures value={duration(link.clock.second.value - stand.since)} />
          </span>
        </div>
      )}
      {stand.is === 'queued' && stand.next && (
        <div class="banner" data-banner="next">
          <Icon name="next" />
          <strong>{t.kiosk.next}</strong>
        </div>
      )}
      {muted && (
        <div class="banner" data-banner="muted">
          <Icon name="microphoneOff" />
          <strong>{t.kiosk.muted}</strong>
          <span class="detail">{t.kiosk.mutedDetail}</span>
        </div>
      )}
      {trouble && (
        <div class="banner" data-banner="trouble">
          <Icon name="microphoneOff" />
          <strong>{t.device.microphone[trouble]}</strong>
          <span class="detail">{t.device.retrying}</span>
        </div>
      )}
    </div>
  );
}
