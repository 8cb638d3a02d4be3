import type { BriefingState } from '../../../server/domain/briefing.ts';
import { requestById } from '../../../server/domain/floor.ts';
import type { RequestId } from '../../../server/domain/ids.ts';
import { text } from '../../i18n/language.ts';
import { useCommands } from '../../ui/useCommands.ts';
import type { Trouble } from '../roster/troubles.ts';
import { useTroubles } from '../roster/useTroubles.ts';
import { useSteadyRows } from '../useSteadyRows.ts';
import { dropPosition } from './dropPosition.ts';
import { PendingRow } from './PendingRow.tsx';
import { type DropMark, QueueRow } from './QueueRow.tsx';
import { useReorder } from './useReorder.ts';

/** Who waits for the floor, in speaking order. */
export function Queue({ state }: { readonly state: BriefingState }) {
  const { give } = useCommands();
  const t = text.value.chair;
  const { queue } = state.floor;
  const rows = useSteadyRows<HTMLOListElement>(queue);
  const troubles = useRequestTroubles(state);
  const { drag, take } = useReorder({
    list: rows.ref,
    onDrop: async (dragged, gap) => {
      const position = dropPosition({ queue, rows: rows.order, dragged, gap });
      if (position === null) return;
      rows.thaw();
      await give({ type: 'floor.move', request: dragged, position });
      rows.thaw();
    },
  });
  const dragging = drag.value;
  return (
    <>
      <h2>
        {t.accepted} <b>{queue.length}</b>
      </h2>
      <ol
        class="rows queue"
        ref={rows.ref}
        aria-label={t.accepted}
        aria-describedby="queue-keys"
        data-dragging={dragging ? '' : undefined}
        {...rows.guards}
      >
        {rows.order.map((id, index) => (
          <QueueRow
            key={id}
            state={state}
            id={id}
            troubles={troubles(id)}
            onDone={rows.thaw}
            dragged={dragging?.id === id ? dragging.by : null}
            mark={markAt(index, dragging?.gap ?? null, rows.order.length)}
            onTake={(event) => take(event, id)}
          />
        ))}
        {rows.order.length === 0 && <li class="empty soft">{t.queueEmpty}</li>}
      </ol>
      <p class="hidden" id="queue-keys">
        {t.queueKeys}
      </p>
    </>
  );
}

/** Who has asked, and waits for the chair's word. */
export function Pending({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair;
  const pending = state.floor.requests
    .filter((r) => r.status === 'pending')
    .sort((a, b) => a.requestedAt - b.requestedAt || a.id.localeCompare(b.id))
    .map((r) => r.id);
  const rows = useSteadyRows<HTMLOListElement>(pending);
  const troubles = useRequestTroubles(state);
  return (
    <>
      <h2>
        {t.pending} <b>{pending.length}</b>
      </h2>
      <ol class="rows pending" ref={rows.ref} aria-label={t.pending} {...rows.guards}>
        {rows.order.map((id) => (
          <PendingRow key={id} state={state} id={id} troubles={troubles(id)} onDone={rows.thaw} />
        ))}
        {rows.order.length === 0 && <li class="empty soft">{t.queueEmpty}</li>}
      </ol>
    </>
  );
}

/** The line that shows where a dragged row would go. */
function markAt(index: number, gap: number | null, count: number): DropMark | undefined {
  if (gap === index) return 'before';
  return gap === count && index === count - 1 ? 'after' : undefined;
}

function useRequestTroubles({ floor, seats }: BriefingState): (id: RequestId) => Trouble[] {
  const troublesOf = useTroubles();
  return (id) => {
    const seat = seats[requestById(floor, id)?.beneficiary ?? ''];
    return seat ? troublesOf(seat) : [];
  };
}
