import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { local, text } from '../i18n/language.ts';
import type { Devices } from '../media/devices.ts';
import type { Presentation } from '../media/presentation.ts';
import { Button } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { sayOutcome } from '../ui/toasts.tsx';
import { RequestButton } from './RequestButton.tsx';
import { Settings } from './Settings.tsx';
import { isFull, mayFill, toggleFull } from './screen.ts';
import type { Stand } from './stand.ts';

interface FloorBarProps {
  readonly state: BriefingState;
  readonly seat: SeatId;
  readonly stand: Stand;
  readonly devices: Devices | null;
  readonly machine: readonly MediaDeviceInfo[] | null;
  readonly presentation: Presentation | null;
  /** The holding picture names the briefing already. */
  readonly named: boolean;
  readonly onLeave: () => void;
}

/** The bar at the foot of a kiosk: what goes on, the one big button, and the time. */
export function FloorBar(props: FloorBarProps) {
  const { state, seat, stand, devices, machine, presentation, named, onLeave } = props;
  const t = text.value;
  const setting = useSignal(false);
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
        {named ? <strong>{local(state.title)}</strong> : <h1>{local(state.title)}</h1>}
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
        {mayFill() && (
          <Button
            action="screen.full"
            icon={isFull.value ? 'fullscreenOff' : 'fullscreen'}
            look="quiet"
            label={isFull.value ? t.kiosk.leaveFullScreen : t.kiosk.fullScreen}
            onPress={toggleFull}
          />
        )}
        <Button
          action="settings.open"
          icon="settings"
          look="quiet"
          label={t.kiosk.settings.open}
          onPress={() => {
            setting.value = true;
          }}
        />
        <Clock />
      </div>
      {setting.value && (
        <Settings
          devices={devices}
          machine={machine}
          onLeave={onLeave}
          onClose={() => {
            setting.value = false;
          }}
        />
      )}
    </footer>
  );
}
