import type { BriefingState } from '../../server/domain/briefing.ts';
import { requestById } from '../../server/domain/floor.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { duration } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Figures } from '../ui/Figures.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useCommands } from '../ui/useCommands.ts';
import { useSurface } from '../ui/useSurface.ts';

/** Who has the floor now. The space is kept when nobody has, so that nothing below it moves. */
export function Holders({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair;
  const { holders } = state.floor;
  return (
    <section class="holders" aria-label={t.holders} aria-live="polite">
      {holders.map((id) => (
        <Holder key={id} state={state} id={id} />
      ))}
      {holders.length === 0 && (
        <p class="holder soft" data-nobody="">
          {t.nobodySpeaks}
        </p>
      )}
    </section>
  );
}

function Holder({ state, id }: { readonly state: BriefingState; readonly id: string }) {
  const { link } = useSurface();
  const { give, refused } = useCommands();
  const t = text.value;
  const request = requestById(state.floor, id);
  const seat = request && state.seats[request.beneficiary];
  if (!request || !seat) return null;
  const revoke: BrowserCommand = { type: 'floor.revoke', request: id };
  const mute: BrowserCommand = { type: seat.muted ? 'seat.unmute' : 'seat.mute', seat: seat.id };
  const name = local(seat.name);
  return (
    <div class="holder" data-request={id} data-seat={seat.id}>
      <span class="air">
        <Icon name="onAir" />
        {t.kiosk.onAir}
        <b class="used" title={t.chair.timeUsed}>
          <Figures value={duration(link.clock.second.value - (request.grantedAt ?? 0))} />
        </b>
      </span>
      <strong class="name">{name}</strong>
      {seat.status !== 'connected' && (
        <span class="fault small">
          <Icon name="offline" />
          {t.seat[seat.status]}
        </span>
      )}
      <div class="deeds">
        <Button
          action={mute.type}
          icon={seat.muted ? 'microphone' : 'microphoneOff'}
          label={seat.muted ? t.chair.unmuteOf(name) : t.chair.muteOf(name)}
          onPress={() => give(mute)}
        >
          {seat.muted ? t.chair.unmute : t.chair.mute}
        </Button>
        <Button
          action="floor.revoke"
          icon="stop"
          refused={refused(revoke)}
          onPress={() => give(revoke)}
        >
          {t.chair.revoke}
        </Button>
      </div>
    </div>
  );
}
