import { requestById } from '../../../server/domain/floor.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { SeatMenu } from '../SeatMenu.tsx';
import type { RequestRowProps } from './QueueRow.tsx';
import { RequestName } from './RequestName.tsx';

/** One request that waits for the chair's word. */
export function PendingRow({ state, id, troubles, onDone }: RequestRowProps) {
  const { give, refused } = useCommands();
  const t = text.value.chair;
  const request = requestById(state.floor, id);
  const seat = request && state.seats[request.beneficiary];
  if (!request || !seat || request.status !== 'pending') {
    return (
      <li class="row gone soft" data-row={id}>
        {t.gone}
      </li>
    );
  }
  const name = local(seat.name);
  const run = async (command: BrowserCommand) => {
    onDone();
    await give(command);
    onDone();
  };
  const accept: BrowserCommand = { type: 'floor.accept', request: id };
  const deny: BrowserCommand = { type: 'floor.deny', request: id };
  return (
    <li class="row" data-row={id} data-request={id} data-seat={seat.id}>
      <RequestName state={state} request={request} troubles={troubles} />
      <Button
        action="floor.deny"
        icon="cross"
        look="quiet"
        size="small"
        label={`${t.deny}: ${name}`}
        refused={refused(deny)}
        onPress={() => run(deny)}
      />
      <Button
        action="floor.accept"
        icon="check"
        size="small"
        label={`${t.accept}: ${name}`}
        refused={refused(accept)}
        onPress={() => run(accept)}
      >
        {t.accept}
      </Button>
      <SeatMenu seat={seat} troubles={troubles} onDone={onDone} />
    </li>
  );
}
