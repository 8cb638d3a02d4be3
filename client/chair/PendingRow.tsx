import { requestById } from '../../server/domain/floor.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { useCommands } from '../ui/useCommands.ts';
import type { RequestRowProps } from './QueueRow.tsx';
import { RequestName } from './RequestName.tsx';

/** One request that waits for the chair's word. */
export function PendingRow({ state, id, onDone }: RequestRowProps) {
  const { give, refused } = useCommands();
  const t = text.value.chair;
  const request = requestById(state.floor, id);
  const seat = request && state.seats[request.beneficiary];
  if (!request || !seat || request.status !== 'pending') {
    return <li class="row gone soft">{t.gone}</li>;
  }
  const name = local(seat.name);
  const run = async (command: BrowserCommand) => {
    await give(command);
    onDone();
  };
  const accept: BrowserCommand = { type: 'floor.accept', request: id };
  const deny: BrowserCommand = { type: 'floor.deny', request: id };
  const grant: BrowserCommand = { type: 'floor.grant', target: { request: id }, replace: true };
  return (
    <li class="row" data-request={id} data-seat={seat.id}>
      <RequestName state={state} request={request} />
      <Button
        action="floor.deny"
        icon="cross"
        look="quiet"
        label={`${t.deny}: ${name}`}
        refused={refused(deny)}
        onPress={() => run(deny)}
      />
      <Button
        action="floor.grant"
        icon="next"
        look="quiet"
        label={t.grantTo(name)}
        refused={refused(grant)}
        onPress={() => run(grant)}
      />
      <Button
        action="floor.accept"
        icon="check"
        label={`${t.accept}: ${name}`}
        refused={refused(accept)}
        onPress={() => run(accept)}
      >
        {t.accept}
      </Button>
    </li>
  );
}
