import type { SeatId } from '../../../server/domain/ids.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { commandsOf } from '../../ui/useCommands.ts';
import { useStable } from '../../ui/useStable.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { place } from '../place.ts';
import { SeatMenu } from '../SeatMenu.tsx';
import { SeatName } from '../SeatName.tsx';
import { grantWords, standing } from '../words.ts';
import { SeatState } from './SeatState.tsx';
import { troublesIn } from './useTroubles.ts';

/** One point: its name looks closer, the buttons mute and call, the menu does everything else. */
export function RosterRow({ id }: { readonly id: SeatId }) {
  const { link } = useSurface();
  const { give, refused } = commandsOf(link);
  // There are 71 of these, and something happens somewhere every second.
  const row = useStable(() => {
    const state = link.state.value;
    const seat = state?.seats[id];
    if (!state || !seat) return null;
    const grant: BrowserCommand = { type: 'floor.grant', target: { seat: id }, replace: true };
    const mute: BrowserCommand = { type: seat.muted ? 'seat.unmute' : 'seat.mute', seat: id };
    return {
      seat,
      ...standing(state, seat),
      troubles: troublesIn(link)(seat),
      looking: place.looking.value === id,
      grant: { command: grant, refused: refused(grant), label: grantWords(state, seat) },
      mute: { command: mute, refused: refused(mute) },
    };
  });
  if (!row) return null;
  const { seat, onAir, floor, troubles, looking, grant, mute } = row;
  const t = text.value.chair;
  const name = local(seat.name);
  return (
    <li
      class="row"
      data-row={id}
      data-seat={id}
      data-status={seat.status}
      data-on-air={onAir || undefined}
      data-looking={looking || undefined}
    >
      <span class="order">{seat.order}</span>
      <button
        type="button"
        class="who"
        data-action="seat.look"
        aria-pressed={looking}
        title={t.lookAt(name)}
        onClick={() => {
          place.looking.value = looking ? null : id;
        }}
      >
        <SeatName seat={seat} />
        <SeatState seat={seat} onAir={onAir} floor={floor} troubles={troubles} />
      </button>
      <Button
        action={mute.command.type}
        icon={seat.muted ? 'microphoneOff' : 'microphone'}
        look="quiet"
        size="small"
        label={seat.muted ? t.unmuteOf(name) : t.muteOf(name)}
        refused={mute.refused}
        onPress={() => give(mute.command)}
      />
      <Button
        action="floor.grant"
        icon="next"
        look="quiet"
        size="small"
        label={grant.label}
        refused={grant.refused}
        onPress={() => give(grant.command)}
      />
      <SeatMenu seat={seat} troubles={troubles} />
    </li>
  );
}
