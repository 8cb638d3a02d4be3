import type { BriefingState } from '../../server/domain/briefing.ts';
import { requestOf } from '../../server/domain/floor.ts';
import type { Seat } from '../../server/domain/roster.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { minuteTime } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { seatIcon } from '../ui/seatIcon.ts';
import { useCommands } from '../ui/useCommands.ts';

interface RosterRowProps {
  readonly state: BriefingState;
  readonly seat: Seat;
}

export function RosterRow({ state, seat }: RosterRowProps) {
  const { give, refused } = useCommands();
  const t = text.value;
  const name = local(seat.name);
  const onAir = requestOf(state.floor, seat.id)?.status === 'granted';
  // That it is muted says that it is here; there is room for one word.
  const quiet = seat.muted && seat.status === 'connected';
  const grant: BrowserCommand = { type: 'floor.grant', target: { seat: seat.id }, replace: true };
  const register: BrowserCommand = { type: 'floor.request', beneficiary: seat.id };
  const mute: BrowserCommand = { type: seat.muted ? 'seat.unmute' : 'seat.mute', seat: seat.id };
  return (
    <li class="row" data-seat={seat.id} data-status={seat.status} data-on-air={onAir || undefined}>
      <span class="order">{seat.order}</span>
      <span class="who">
        <strong title={name}>{name}</strong>
        <span class="state small">
          <Icon name={onAir ? 'onAir' : seatIcon[seat.status]} />
          {seat.status === 'lost'
            ? `${t.wall.lost} ${t.wall.since(minuteTime(seat.since))}`
            : (floorWord(state, seat) ?? (quiet ? null : t.seat[seat.status]))}
          {seat.muted && (
            <span class="muted">
              <Icon name="microphoneOff" />
              {t.chair.muted}
            </span>
          )}
        </span>
      </span>
      <Button
        action="floor.request"
        icon="hand"
        look="quiet"
        label={t.chair.registerFor(name)}
        refused={refused(register)}
        onPress={() => give(register)}
      />
      <Button
        action={mute.type}
        icon={seat.muted ? 'microphone' : 'microphoneOff'}
        look="quiet"
        label={seat.muted ? t.chair.unmuteOf(name) : t.chair.muteOf(name)}
        refused={refused(mute)}
        onPress={() => give(mute)}
      />
      <Button
        action="floor.grant"
        icon="next"
        look="quiet"
        label={t.chair.grantTo(name)}
        refused={refused(grant)}
        onPress={() => give(grant)}
      />
    </li>
  );
}

/** Where the seat stands with the floor, in a word; null when it has asked for nothing. */
function floorWord({ floor }: BriefingState, seat: Seat): string | null {
  const t = text.value.chair;
  const request = requestOf(floor, seat.id);
  switch (request?.status) {
    case undefined:
      return null;
    case 'granted':
      return t.onAir;
    case 'accepted':
      return t.queued(floor.queue.indexOf(request.id) + 1);
    case 'pending':
      return t.pendingShort;
  }
}
