import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RevokeReason } from '../../server/domain/floor.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import type { NumberedEvent } from '../../server/protocol/wire.ts';
import { useSurface } from '../ui/useSurface.ts';

/** Why a turn ended that the site did not end itself. */
type TurnEnd = 'timeOver' | 'chair';

/** How long it is said, in milliseconds. */
const saidFor = 10_000;

/** A recess and the close are said by the picture; of what came while the line was away, nothing is. */
const told: Partial<Record<RevokeReason, TurnEnd>> = {
  timeOver: 'timeOver',
  chair: 'chair',
  replaced: 'chair',
};

/** Why this site's turn has just ended; null after a moment, or when it did not. */
export function useTurnEnd(seat: SeatId): TurnEnd | null {
  const { link } = useSurface();
  const ended = useSignal<TurnEnd | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hear = (events: readonly NumberedEvent[]) => {
      for (const { event } of events) {
        if (event.type !== 'floor.revoked' && event.type !== 'floor.granted') continue;
        if (event.beneficiary !== seat) continue;
        clearTimeout(timer);
        ended.value = event.type === 'floor.revoked' ? (told[event.reason] ?? null) : null;
        timer = setTimeout(() => {
          ended.value = null;
        }, saidFor);
      }
    };
    link.socket.on('events', hear);
    return () => {
      clearTimeout(timer);
      link.socket.off('events', hear);
    };
  }, [link, seat, ended]);
  return ended.value;
}
