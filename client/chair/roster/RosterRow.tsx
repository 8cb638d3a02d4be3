import type { BriefingState } from '../../../server/domain/briefing.ts';
import { requestOf } from '../../../server/domain/floor.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { place } from '../place.ts';
import { SeatMenu } from '../SeatMenu.tsx';
import { SeatName } from '../SeatName.tsx';
import { grantWords } from '../words.ts';
import { SeatState } from './SeatState.tsx';
import type { Trouble } from './troubles.ts';

interface RosterRowProps {
  readonly state: BriefingState;
  readonly seat: Seat;
  readonly troubles: readonly Trouble[];
}

/** One point: its name looks closer, the buttons mute and call, the menu does everything else. */
export function RosterRow({ state, seat, troubles }: RosterRowProps) {
  const { give, refused } = useCommands();
  const t = text.value.chair;
  const name = local(seat.name);
  const onAir = requestOf(state.floor, seat.id)?.status === 'granted';
  const grant: BrowserCommand = { type: 'floor.grant', target: { seat: seat.id }, replace: true };
  const mute: BrowserCommand = { type: seat.muted ? 'seat.unmute' : 'seat.mute', seat: seat.id };
  return (
    <li
      class="row"
      data-row={seat.id}
      data-seat={seat.id}
      data-status={seat.status}
      data-on-air={onAir || undefined}
      data-looking={place.looking.value === seat.id || undefined}
    >
      <span class="order">{seat.order}</span>
      <button
        type="button"
        class="who"
        data-action="seat.look"
        aria-pressed={place.looking.value === seat.id}
        title={t.lookAt(name)}
        onClick={() => {
          place.looking.value = place.looking.value === seat.id ? null : seat.id;
        }}
      >
        <SeatName seat={seat} />
        <SeatState state={state} seat={seat} troubles={troubles} />
      </button>
      <Button
        action={mute.type}
        icon={seat.muted ? 'microphoneOff' : 'microphone'}
        look="quiet"
        size="small"
        label={seat.muted ? t.unmuteOf(name) : t.muteOf(name)}
        refused={refused(mute)}
        onPress={() => give(mute)}
      />
      <Button
        action="floor.grant"
        icon="next"
        look="quiet"
        size="small"
        label={grantWords(state, seat)}
        refused={refused(grant)}
        onPress={() => give(grant)}
      />
      <SeatMenu state={state} seat={seat} troubles={troubles} />
    </li>
  );
}
