import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { local, text } from '../../i18n/language.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { replacedBy } from '../words.ts';
import { CallConfirm } from './CallConfirm.tsx';
import { CallSearch } from './CallSearch.tsx';

interface QuickCallProps {
  readonly state: BriefingState;
  readonly onClose: () => void;
}

/**
 * Calls any point by a few letters of its name: Enter gives it the floor, Shift and Enter put it on
 * the list. Only where another's turn would end is it asked again, with that one's name.
 */
export function QuickCall({ state, onClose }: QuickCallProps) {
  const { give, refused } = useCommands();
  const asking = useSignal<Seat | null>(null);
  const t = text.value.chair;
  const run = (command: BrowserCommand) => {
    const why = refused(command);
    if (why) return toast(why, 'alarm');
    onClose();
    void give(command);
  };
  const grantTo = (seat: Seat): BrowserCommand => ({
    type: 'floor.grant',
    target: { seat: seat.id },
    replace: true,
  });
  const asked = asking.value;
  return (
    <Dialog title={asked ? t.call.confirm(local(asked.name)) : t.call.title} onClose={onClose}>
      {asked ? (
        <CallConfirm
          ends={replacedBy(state, asked)}
          onConfirm={() => run(grantTo(asked))}
          onClose={onClose}
        />
      ) : (
        <CallSearch
          state={state}
          refused={(seat) => refused(grantTo(seat))}
          onRegister={(seat) => run({ type: 'floor.request', beneficiary: seat.id })}
          onCall={(seat) => {
            if (refused(grantTo(seat)) || !replacedBy(state, seat)) run(grantTo(seat));
            else asking.value = seat;
          }}
        />
      )}
    </Dialog>
  );
}
