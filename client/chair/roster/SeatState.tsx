import type { Seat } from '../../../server/domain/roster.ts';
import { minuteTime } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Standing } from '../../ui/Badge.tsx';
import { seatIcon } from '../../ui/seatIcon.ts';
import type { Trouble } from './troubles.ts';
import { shortTrouble } from './troubleWords.ts';

interface SeatStateProps {
  readonly seat: Seat;
  readonly onAir: boolean;
  /** Where it stands with the floor, in a word. */
  readonly floor: string | null;
  readonly troubles: readonly Trouble[];
}

/** One line under a name: what matters most of its floor, its line and its devices. */
export function SeatState({ seat, onAir, floor, troubles }: SeatStateProps) {
  const t = text.value;
  const [first, ...more] = troubles;
  return (
    <span class="state small">
      {onAir && (
        <Standing tone="onAir" icon="onAir">
          {t.chair.onAir}
        </Standing>
      )}
      {first && (
        <Standing
          tone={first.is === 'loss' || first.is === 'delay' ? 'caution' : 'alarm'}
          icon="alert"
        >
          {seat.status === 'lost'
            ? t.chair.lostSince(minuteTime(seat.since))
            : shortTrouble(first) + (more.length > 0 ? ` +${more.length}` : '')}
        </Standing>
      )}
      {!onAir && floor !== null && (
        <Standing tone="accent" icon="hand">
          {floor}
        </Standing>
      )}
      {!first && floor === null && !(seat.muted && seat.status === 'connected') && (
        <Standing icon={seatIcon[seat.status]}>{t.seat[seat.status]}</Standing>
      )}
      {seat.muted && (
        <Standing tone="caution" icon="microphoneOff">
          {t.chair.muted}
        </Standing>
      )}
    </span>
  );
}
