import type { BriefingState } from '../../../server/domain/briefing.ts';
import { programme } from '../../../server/domain/routing.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { listOf } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { inOrder } from '../../ui/roster.ts';
import { useCommands } from '../../ui/useCommands.ts';
import { open } from '../place.ts';
import { Layouts } from './Layouts.tsx';
import { PhaseControls } from './PhaseControls.tsx';

/** What concerns everybody: the briefing's steps, the layout, and all microphones at once. */
export function ControlBar({ state }: { readonly state: BriefingState }) {
  const { give, refused } = useCommands();
  const t = text.value.chair;
  const seats = inOrder(state.seats);
  const { speakers } = programme(state);
  const openOnes = seats.filter((s) => !s.muted && !speakers.includes(s.id)).length;
  const muted = seats.filter((s) => s.muted).length;
  const muteOthers: BrowserCommand = { type: 'seat.muteOthers' };
  const unmuteAll: BrowserCommand = { type: 'seat.unmuteAll' };
  const holders = speakers.flatMap((id) => state.seats[id] ?? []).map((s) => local(s.name));
  return (
    <div class="control-bar">
      <PhaseControls state={state} />
      <div class="all-microphones">
        <Button
          action="seat.muteOthers"
          icon="microphoneOff"
          label={t.muteOthers.title}
          refused={refused(muteOthers)}
          onPress={() => {
            open.muteOthers.value = true;
          }}
        >
          {t.muteOthers.short}
        </Button>
        {muted > 0 && (
          <Button
            action="seat.unmuteAll"
            icon="microphone"
            label={t.unmuteAll.title(muted)}
            refused={refused(unmuteAll)}
            onPress={() => give(unmuteAll)}
          >
            {t.unmuteAll.short(muted)}
          </Button>
        )}
      </div>
      <Layouts state={state} />
      {open.muteOthers.value && (
        <Confirm
          title={t.muteOthers.title}
          detail={[
            t.muteOthers.detail(openOnes),
            holders.length > 0 ? t.muteOthers.keeps(listOf(holders)) : t.muteOthers.keepsChair,
            t.muteOthers.until,
          ]}
          confirm={t.muteOthers.confirm(openOnes)}
          onConfirm={() => give(muteOthers)}
          onClose={() => {
            open.muteOthers.value = false;
          }}
        />
      )}
    </div>
  );
}
