import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import { text } from '../i18n/language.ts';
import type { Devices } from '../media/devices.ts';
import type { Presentation } from '../media/presentation.ts';
import { Button } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { sayOutcome } from '../ui/toasts.tsx';
import { About } from './About.tsx';
import { Papers } from './papers/Papers.tsx';
import { unconfirmed } from './papers/tasks.ts';
import { ReplyButton } from './ReplyButton.tsx';
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
  readonly onDeclare: () => void;
  readonly onLeave: () => void;
}

/** The bar at the foot of a kiosk: what goes on, the one big button, and the time. */
export function FloorBar(props: FloorBarProps) {
  const { state, seat, stand, devices, machine, presentation, named } = props;
  const t = text.value;
  const open = useSignal<'nothing' | 'settings' | 'papers'>('nothing');
  const close = () => {
    open.value = 'nothing';
  };
  const waiting = unconfirmed(state, seat);
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
      <About state={state} named={named} />
      <div class="middle">
        <RequestButton seat={seat} stand={stand} />
        <ReplyButton state={state} seat={seat} />
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
        <span class="papers-place">
          <Button
            action="papers.open"
            icon="list"
            look="quiet"
            label={waiting === 0 ? t.kiosk.papers.open : t.kiosk.papers.openWith(String(waiting))}
            onPress={() => {
              open.value = 'papers';
            }}
          />
          {waiting > 0 && (
            <b class="waiting-tasks" aria-hidden="true">
              {waiting}
            </b>
          )}
        </span>
        <Button
          action="settings.open"
          icon="settings"
          look="quiet"
          label={t.kiosk.settings.open}
          onPress={() => {
            open.value = 'settings';
          }}
        />
        <Clock />
      </div>
      {open.value === 'settings' && (
        <Settings devices={devices} machine={machine} onLeave={props.onLeave} onClose={close} />
      )}
      {open.value === 'papers' && (
        <Papers
          state={state}
          seat={seat}
          onDeclare={() => {
            close();
            props.onDeclare();
          }}
          onClose={close}
        />
      )}
    </footer>
  );
}
