import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { local, text } from '../i18n/language.ts';
import type { Presentation } from '../media/presentation.ts';
import { Button } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { sayOutcome } from '../ui/toasts.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { RequestButton } from './RequestButton.tsx';
import type { Stand } from './stand.ts';

interface FloorBarProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
  readonly stand: Stand;
  readonly presentation: Presentation | null;
  readonly onLeave: () => void;
}

/** The bar at the foot of a kiosk: what goes on, the one big button, and the time. */
export function FloorBar({ state, seat, stand, presentation, onLeave }: FloorBarProps) {
  const t = text.value;
  const leaving = useSignal(false);
  const presenting = state.presentation?.seat === seat;
  const sharable = presentation !== null && stand.is === 'onAir';
  useEffect(() => {
    document.body.dataset.floor = stand.is;
  }, [stand.is]);
  const present = async () => {
    if (!presentation) return;
    if (presenting) return presentation.stop();
    const outcome = await presentation.start();
    if (!outcome.ok && outcome.refusal === 'cancelled') return;
    sayOutcome(outcome as Parameters<typeof sayOutcome>[0]);
  };
  return (
    <footer class="bar">
      <div class="about">
        <strong>{local(state.title)}</strong>
        <span class="soft" data-phase={state.phase}>
          {t.phase[state.phase]}
        </span>
      </div>
      <div class="middle">
        <RequestButton seat={seat} stand={stand} />
        {sharable && (
          <Button
            action={presenting ? 'presentation.stop' : 'presentation.start'}
            icon={presenting ? 'stop' : 'screen'}
            onPress={present}
          >
            {presenting ? t.kiosk.stopPresenting : t.kiosk.present}
          </Button>
        )}
      </div>
      <div class="aside">
        <LanguageSwitch />
        <Button
          action="seat.leave"
          icon="leave"
          look="quiet"
          label={t.kiosk.leave}
          onPress={() => {
            leaving.value = true;
          }}
        />
        <Clock />
      </div>
      {leaving.value && (
        <LeaveDialog
          onLeave={onLeave}
          onClose={() => {
            leaving.value = false;
          }}
        />
      )}
    </footer>
  );
}
