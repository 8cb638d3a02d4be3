import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { FloorRequest } from '../../../server/domain/floor.ts';
import { usedMs } from '../../../server/domain/floorClock.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { duration } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Badge, Standing, type Tone } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Figures } from '../../ui/Figures.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { speechTime } from '../../ui/speechTime.ts';
import { useCommands } from '../../ui/useCommands.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { shortTrouble } from '../roster/troubleWords.ts';
import { useTroubles } from '../roster/useTroubles.ts';
import { SeatName } from '../SeatName.tsx';
import { loudness } from './loudness.ts';

interface HolderProps {
  readonly state: BriefingState;
  readonly request: FloorRequest;
  readonly seat: Seat;
}

/** What the `+1` button and its key add, in milliseconds. */
export const oneMinute = 60_000;

/** One who has the floor: how long, how loud, and how to end it. */
export function Holder({ state, request, seat }: HolderProps) {
  const { link } = useSurface();
  const { give, refused } = useCommands();
  const troubles = useTroubles()(seat);
  const t = text.value;
  const revoke: BrowserCommand = { type: 'floor.revoke', request: request.id };
  const mute: BrowserCommand = { type: seat.muted ? 'seat.unmute' : 'seat.mute', seat: seat.id };
  const extend: BrowserCommand = { type: 'floor.extend', request: request.id, byMs: oneMinute };
  const name = local(seat.name);
  const level = loudness(link.levels.value.get(seat.id));
  return (
    <div
      class="holder"
      data-request={request.id}
      data-seat={seat.id}
      data-sounds={level > 0 || undefined}
      style={{ '--loudness': level.toFixed(2) }}
    >
      <span class="air">
        <Badge tone="onAir" icon="onAir">
          {t.kiosk.onAir}
        </Badge>
        {seat.muted ? (
          <Standing tone="caution" icon="microphoneOff">
            {t.chair.muted}
          </Standing>
        ) : (
          troubles[0] && (
            <Standing tone="alarm" icon="alert">
              {shortTrouble(troubles[0])}
            </Standing>
          )
        )}
        <span class="loud" aria-hidden="true" />
      </span>
      <SeatName seat={seat} />
      <SpeechClock state={state} request={request} />
      <div class="deeds">
        <Button
          action={mute.type}
          icon={seat.muted ? 'microphone' : 'microphoneOff'}
          size="small"
          label={seat.muted ? t.chair.unmuteOf(name) : t.chair.muteOf(name)}
          onPress={() => give(mute)}
        >
          {seat.muted ? t.chair.unmute : t.chair.mute}
        </Button>
        {request.time?.allottedMs != null && (
          <Button
            action="floor.extend"
            icon="plus"
            size="small"
            label={t.chair.addMinuteTo(name)}
            refused={refused(extend)}
            onPress={() => give(extend)}
          >
            {t.chair.minutes(1)}
          </Button>
        )}
        <Button
          action="floor.revoke"
          icon="stop"
          size="small"
          label={t.chair.revokeOf(name)}
          refused={refused(revoke)}
          onPress={() => give(revoke)}
        >
          {t.chair.revoke}
        </Button>
      </div>
    </div>
  );
}

const looks = {
  free: { tone: 'plain', icon: 'clock' },
  running: { tone: 'plain', icon: 'clock' },
  warning: { tone: 'caution', icon: 'hourglass' },
  over: { tone: 'alarm', icon: 'alert' },
} as const satisfies Record<string, { tone: Tone; icon: IconName }>;

/** Time used and time left, with a word for how far it has come. */
function SpeechClock({ state, request }: Pick<HolderProps, 'state' | 'request'>) {
  const { link } = useSurface();
  const t = text.value.chair.clock;
  const now = link.clock.second.value;
  const { stage, shown, stands } = speechTime(request, state.floor.rules.speech, now);
  const { is } = stage;
  const { tone, icon } = looks[is];
  return (
    <span class="speech-clock" data-stage={is}>
      <span class="time">
        <span class="small soft">{t.used}</span>
        <b>
          <Figures value={duration(usedMs(request, now))} />
        </b>
      </span>
      {is !== 'free' && (
        <span class="time" data-left="">
          <span class="small soft">{is === 'over' ? t.over : t.left}</span>
          <b>
            <Figures value={`${is === 'over' ? '+' : ''}${duration(shown)}`} />
          </b>
        </span>
      )}
      <Standing tone={stands ? 'caution' : tone} icon={stands ? 'pause' : icon}>
        {stands ? t.stands : t.stage[is]}
      </Standing>
    </span>
  );
}
