import type { BriefingState } from '../../../server/domain/briefing.ts';
import { requestById } from '../../../server/domain/floor.ts';
import type { RequestId } from '../../../server/domain/ids.ts';
import { programme } from '../../../server/domain/routing.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import type { Trouble } from '../roster/troubles.ts';
import { SeatMenu } from '../SeatMenu.tsx';
import { grantWords } from '../words.ts';
import { RequestName } from './RequestName.tsx';

export interface RequestRowProps {
  readonly state: BriefingState;
  readonly id: RequestId;
  readonly troubles: readonly Trouble[];
  /** A command from this row is given, or has been answered. */
  readonly onDone: () => void;
}

/** Where a row that is being dragged would go, as seen from this one. */
export type DropMark = 'before' | 'after';

interface QueueRowProps extends RequestRowProps {
  /** How far it is being dragged, in pixels; null while it is not. */
  readonly dragged: number | null;
  readonly mark: DropMark | undefined;
  readonly onTake: (event: PointerEvent) => void;
}

/** One accepted request. Dragging, the arrows and Alt with the arrow keys all move it. */
export function QueueRow(props: QueueRowProps) {
  const { state, id, troubles, onDone, dragged, mark, onTake } = props;
  const { give, refused } = useCommands();
  const t = text.value.chair;
  const request = requestById(state.floor, id);
  const { queue } = state.floor;
  const position = queue.indexOf(id) + 1;
  const seat = request && state.seats[request.beneficiary];
  if (!request || !seat || position === 0) {
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
  const moveTo = (to: number): BrowserCommand => ({
    type: 'floor.move',
    request: id,
    position: to,
  });
  const up = moveTo(position - 1);
  const down = moveTo(position + 1);
  const grant: BrowserCommand = { type: 'floor.grant', target: { request: id }, replace: true };
  const next = programme(state).cue === seat.id;
  const byKey: Record<string, number> = {
    ArrowUp: position - 1,
    ArrowDown: position + 1,
    Home: 1,
    End: queue.length,
  };
  return (
    <li
      class="row"
      data-row={id}
      data-request={id}
      data-seat={seat.id}
      data-next={next || undefined}
      data-mark={mark}
      data-dragged={dragged === null ? undefined : ''}
      style={dragged === null ? undefined : { transform: `translateY(${dragged}px)` }}
      onPointerDown={(event) => {
        // A finger takes the grip and scrolls by the rest; a mouse takes the row itself.
        const on = event.target as Element;
        if (on.closest('.grip') || (event.pointerType === 'mouse' && !on.closest('button'))) {
          onTake(event);
        }
      }}
      onKeyDown={(event) => {
        const to = event.altKey ? byKey[event.key] : undefined;
        if (to === undefined) return;
        event.preventDefault();
        if (!refused(moveTo(to))) void run(moveTo(to));
      }}
    >
      <span class="grip" aria-hidden="true" title={t.drag}>
        <Icon name="drag" />
      </span>
      <span class="order">{position}</span>
      <RequestName state={state} request={request} troubles={troubles} next={next} />
      <span class="steps">
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
      </span>
      <Button
        action="floor.grant"
        icon="next"
        size="small"
        label={grantWords(state, seat)}
        refused={refused(grant)}
        onPress={() => run(grant)}
      />
      <SeatMenu seat={seat} troubles={troubles} onDone={onDone} />
    </li>
  );
}
