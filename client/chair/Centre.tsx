import type { BriefingState } from '../../server/domain/briefing.ts';
import { programme } from '../../server/domain/routing.ts';
import { local as nameOf, text } from '../i18n/language.ts';
import type { Devices } from '../media/devices.ts';
import type { Presentation } from '../media/presentation.ts';
import { type StreamKey, streamKey } from '../media/streamKey.ts';
import { Stage } from '../ui/stage/Stage.tsx';
import { useSurface } from '../ui/useSurface.ts';
import { Agenda } from './Agenda.tsx';
import { PhaseControls } from './PhaseControls.tsx';
import { SelfView } from './SelfView.tsx';

interface CentreProps {
  readonly state: BriefingState;
  readonly devices: Devices | null;
  readonly presentation: Presentation | null;
}

/** The programme as it goes out, and under it what the chair sends and decides. */
export function Centre({ state, devices, presentation }: CentreProps) {
  const { link } = useSurface();
  const seat = link.welcome.value?.seat ?? null;
  // The chair is part of the programme, but no page ever receives itself.
  const local = new Map<StreamKey, MediaStreamTrack>();
  const camera = devices?.track('camera').value;
  const screen = presentation?.track.value;
  const { live, cue } = programme(state);
  const cued = live && cue !== null ? state.seats[cue] : undefined;
  if (seat !== null && camera) local.set(streamKey(seat, 'camera'), camera);
  if (seat !== null && screen) local.set(streamKey(seat, 'presentation'), screen);
  return (
    <main class="centre" aria-label={text.value.chair.programme}>
      <div class="monitor" data-live={live}>
        <Stage hidden={null} local={local} />
        {cued && (
          <p class="cued small">
            {text.value.stage.next}: {nameOf(cued.name)}
          </p>
        )}
        <p class="dark">{text.value.kiosk.holding[state.phase]}</p>
      </div>
      <div class="desk">
        <SelfView state={state} devices={devices} presentation={presentation} />
        <PhaseControls state={state} />
        <Agenda state={state} />
      </div>
    </main>
  );
}
