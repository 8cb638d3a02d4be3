import type { BriefingState } from '../../../server/domain/briefing.ts';
import { programme } from '../../../server/domain/routing.ts';
import { text } from '../../i18n/language.ts';
import type { Devices } from '../../media/devices.ts';
import type { Presentation } from '../../media/presentation.ts';
import { type StreamKey, streamKey } from '../../media/streamKey.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Stage } from '../../ui/stage/Stage.tsx';
import { useSurface } from '../../ui/useSurface.ts';

interface ProgrammeProps {
  readonly state: BriefingState;
  readonly devices: Devices | null;
  readonly presentation: Presentation | null;
}

/** The programme as it goes out. */
export function Programme({ state, devices, presentation }: ProgrammeProps) {
  const { link } = useSurface();
  const t = text.value;
  const seat = link.welcome.value?.seat ?? null;
  // The chair is part of the programme, but no page ever receives itself.
  const local = new Map<StreamKey, MediaStreamTrack>();
  const camera = devices?.track('camera').value;
  const screen = presentation?.track.value;
  if (seat !== null && camera) local.set(streamKey(seat, 'camera'), camera);
  if (seat !== null && screen) local.set(streamKey(seat, 'presentation'), screen);
  const { live } = programme(state);
  return (
    <section class="programme" aria-label={t.chair.programme}>
      <h2>
        {t.chair.programme}
        {live ? (
          <Badge tone="onAir" icon="onAir">
            {t.chair.onAir}
          </Badge>
        ) : (
          <Badge icon="pause">{t.chair.offAir}</Badge>
        )}
      </h2>
      <div class="monitor" data-live={live}>
        <Stage hidden={null} local={local} />
        <p class="dark">{t.chair.holding[state.phase]}</p>
      </div>
    </section>
  );
}
