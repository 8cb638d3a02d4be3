import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { text } from '../i18n/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { AsideNotice } from '../whisper/AsideNotice.tsx';
import type { Fault } from './faults.ts';
import { SpeechClock } from './SpeechClock.tsx';
import type { Stand } from './stand.ts';
import { useTurnEnd } from './useTurnEnd.ts';

interface BannersProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
  readonly stand: Stand;
  readonly faults: readonly Fault[];
}

/**
 * What the people in the room must not miss, over the picture: on air, off it again, next, muted, no
 * microphone.
 */
export function Banners({ state, seat, stand, faults }: BannersProps) {
  const t = text.value;
  const muted = state.seats[seat]?.muted ?? false;
  const turnEnd = useTurnEnd(seat);
  return (
    <div class="banners">
      {stand.is === 'onAir' && (
        <div class="air">
          {/* The clock stands outside of what is read aloud by itself: it would never end. */}
          <div class="banner" data-banner="onAir" role="status">
            <Icon name="onAir" />
            <span class="words">
              <strong>{t.kiosk.onAir}</strong>
              {!muted && <span class="detail">{t.kiosk.onAirDetail}</span>}
            </span>
          </div>
          <SpeechClock state={state} request={stand.request} />
        </div>
      )}
      <div class="news" role="status">
        {turnEnd && (
          <div class="banner" data-banner="turnEnd" data-is={turnEnd}>
            <Icon name="microphoneOff" />
            <span class="words">
              <strong>{t.kiosk.turnEnd[turnEnd]}</strong>
              <span class="detail">{t.kiosk.turnEndDetail}</span>
            </span>
          </div>
        )}
        {stand.is === 'queued' && stand.next && (
          <div class="banner" data-banner="next">
            <Icon name="next" />
            <span class="words">
              <strong>{t.kiosk.next}</strong>
              <span class="detail">{t.kiosk.nextDetail}</span>
            </span>
          </div>
        )}
        {muted && (
          <div class="banner" data-banner="muted">
            <Icon name="microphoneOff" />
            <span class="words">
              <strong>{t.kiosk.muted}</strong>
              <span class="detail">{t.kiosk.mutedDetail}</span>
            </span>
          </div>
        )}
        <AsideNotice />
        {faults.map(({ device, is, words, retried }) => (
          <div class="banner" data-banner="trouble" data-device={device} data-is={is} key={device}>
            <Icon name={device === 'camera' ? 'cameraOff' : 'microphoneOff'} />
            <span class="words">
              <strong>{words}</strong>
              {retried && <span class="detail">{t.device.retrying}</span>}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
