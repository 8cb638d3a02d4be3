import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { text } from '../../i18n/language.ts';
import type { Devices } from '../../media/devices.ts';
import type { Presentation } from '../../media/presentation.ts';
import { streamKey } from '../../media/streamKey.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Video } from '../../ui/stage/Video.tsx';
import { sayOutcome } from '../../ui/toasts.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { loudness } from '../floor/loudness.ts';

interface SelfViewProps {
  readonly state: BriefingState;
  readonly devices: Devices | null;
  readonly presentation: Presentation | null;
}

/** What the chair itself sends: picture, microphone, screen. The secretary sees to the microphone. */
export function SelfView({ state, devices, presentation }: SelfViewProps) {
  const { link } = useSurface();
  const { give } = useCommands();
  const t = text.value;
  const seat = link.welcome.value?.seat ?? null;
  const chair = state.seats[state.chairPoint];
  const muted = chair?.muted ?? false;
  const track = devices?.track('camera').value ?? null;
  const camera = devices?.trouble('camera').value ?? null;
  const microphone = devices?.trouble('microphone').value ?? null;
  const presenting = state.presentation?.seat === seat && seat !== null;
  const level = loudness(link.levels.value.get(state.chairPoint));
  const mute: BrowserCommand = {
    type: muted ? 'seat.unmute' : 'seat.mute',
    seat: state.chairPoint,
  };
  const present = async () => {
    if (!presentation) return;
    if (presenting) return presentation.stop();
    const outcome = await presentation.start();
    if (outcome.ok || outcome.refusal !== 'cancelled') {
      sayOutcome(outcome as Parameters<typeof sayOutcome>[0]);
    }
  };
  return (
    <section class="self" aria-label={t.chair.selfView}>
      {seat !== null && (
        <div class="mirror">
          {track ? (
            <Video stream={streamKey(seat, 'camera')} track={track} shown="own" />
          ) : (
            <p class="own-trouble small">
              <Icon name="cameraOff" />
              {camera ? `${t.device.camera[camera]} ${t.device.retrying}` : t.stage.waiting}
            </p>
          )}
        </div>
      )}
      <Button
        action={mute.type}
        icon={muted ? 'microphoneOff' : 'microphone'}
        look={muted ? 'alarm' : 'plain'}
        label={muted ? t.chair.unmuteChair : t.chair.muteChair}
        onPress={() => give(mute)}
      >
        <span class="words">
          {t.chair.ownMicrophone}: {muted ? t.chair.microphoneShut : t.chair.microphoneOpen}
        </span>
        <span class="loud" aria-hidden="true" style={{ '--loudness': level.toFixed(2) }} />
      </Button>
      {microphone && (
        <p class="fault small">
          <Icon name="microphoneOff" />
          {t.device.microphone[microphone]}
        </p>
      )}
      {presentation && (
        <Button
          action={presenting ? 'presentation.stop' : 'presentation.start'}
          icon={presenting ? 'stop' : 'screen'}
          onPress={present}
        >
          {presenting ? t.chair.stopPresenting : t.chair.present}
        </Button>
      )}
      {seat === null && <p class="soft small">{t.chair.noCamera}</p>}
    </section>
  );
}
