import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { requestById } from '../../server/domain/floor.ts';
import type { RequestId } from '../../server/domain/ids.ts';
import { programme } from '../../server/domain/routing.ts';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { useCommands } from '../ui/useCommands.ts';
import { RequestName } from './RequestName.tsx';

export interface RequestRowProps {
  readonly state: BriefingState;
  readonly id: RequestId;
  /** A command from this row has been answered. */
  readonly onDone: () => void;
}

const dragged = 'application/x-diemcau-request';

/** One accepted request. It can be dragged; the two arrows do the same for whoever cannot drag. */
export function QueueRow({ state, id, onDone }: RequestRowProps) {
  const { give, refused } = useCommands();
  const over = useSignal(false);
  const t = text.value.chair;
  const request = requestById(state.floor, id);
  const position = state.floor.queue.indexOf(id) + 1;
  const seat = request && state.seats[request.beneficiary];
  if (!request || !seat || position === 0) return <li class="row gone soft">{t.gone}</li>;
  const name = local(seat.name);
  const run = async (command: BrowserCommand) => {
    onDone();
    await give(command);
    onDone();
  };
  const up: BrowserCommand = { type: 'floor.move', request: id, position: position - 1 };
  const down: BrowserCommand = { type: 'floor.move', request: id, position: position + 1 };
  const grant: BrowserCommand = { type: 'floor.grant', target: { request: id }, replace: true };
  const deny: BrowserCommand = { type: 'floor.deny', request: id };
  return (
    <li
      class="row"
      data-request={id}
      data-seat={seat.id}
      data-next={programme(state).cue === seat.id || undefined}
      data-over={over.value || undefined}
      draggable
      onDragStart={(e) => e.dataTransfer?.setData(dragged, id)}
      onDragOver={(e) => {
        if (!e.dataTransfer?.types.includes(dragged)) return;
        e.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(e) => {
        e.preventDefault();
        over.value = false;
        const moved = e.dataTransfer?.getData(dragged);
        if (moved && moved !== id) void run({ type: 'floor.move', request: moved, position });
      }}
    >
      <span class="order">{position}</span>
      <RequestName state={state} request={request} />
      <Button
        action="floor.up"
        icon="up"
        look="quiet"
        label={t.upOf(name)}
        refused={refused(up)}
        onPress={() => run(up)}
      />
      <Button
        action="floor.down"
        icon="down"
        look="quiet"
        label={t.downOf(name)}
        refused={refused(down)}
        onPress={() => run(down)}
      />
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
        label={t.grantTo(name)}
        refused={refused(grant)}
        onPress={() => run(grant)}
      />
    </li>
  );
}
