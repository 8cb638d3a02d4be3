import { useRef } from 'preact/hooks';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { requestById } from '../../server/domain/floor.ts';
import type { RequestId } from '../../server/domain/ids.ts';
import { duration } from '../i18n/format.ts';
import { text } from '../i18n/language.ts';
import { Figures } from '../ui/Figures.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { speechTime } from '../ui/speechTime.ts';
import { useSurface } from '../ui/useSurface.ts';

interface SpeechClockProps {
  readonly state: BriefingState;
  readonly request: RequestId;
}

type Stage = 'free' | 'running' | 'soon' | 'last' | 'over' | 'stopped';

const icons: Record<Stage, IconName> = {
  free: 'clock',
  running: 'clock',
  soon: 'hourglass',
  last: 'hourglass',
  over: 'alert',
  stopped: 'pause',
};

/** The own speech's time, large: what is left of it, or what was used where nothing limits it. */
export function SpeechClock({ state, request }: SpeechClockProps) {
  const { link } = useSurface();
  // Without a line nothing can be known of the clock, and what it shows is given back anyway.
  const second = useRef(0);
  if (link.live.value) second.current = link.clock.second.value;
  const granted = requestById(state.floor, request);
  if (!granted) return null;
  const rule = state.floor.rules.speech;
  const { stage, shown, stands } = speechTime(granted, rule, second.current);
  const soon = stage.is === 'warning' && stage.nth < rule.warningsMs.length ? 'soon' : 'last';
  const going = stage.is === 'warning' ? soon : stage.is;
  const is: Stage = stands || !link.live.value ? 'stopped' : going;
  const t = text.value.kiosk.speech;
  const last = rule.atEnd === 'close' ? t.closes : t.last;
  const words = { ...t, free: t.used, running: t.left, last }[is];
  return (
    <div class="speech" data-stage={is}>
      <span class="stage-word">
        <Icon name={icons[is]} />
        {words}
      </span>
      <span class="time" role="timer" aria-label={t.timer}>
        {stage.is === 'over' && '+'}
        <Figures value={duration(shown)} />
      </span>
    </div>
  );
}
