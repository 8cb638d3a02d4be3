import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import { useSteadyRows } from '../../chair/useSteadyRows.ts';
import { text } from '../../i18n/language.ts';
import { BoardRow } from './BoardRow.tsx';
import type { Board as Sites } from './useBoard.ts';
import './board.css';

interface BoardProps {
  readonly checks: BriefingState['lineChecks'];
  readonly board: Sites;
  /** Those that the search and the filter leave, the worst first. */
  readonly shown: readonly Seat[];
}

const columns = [
  'order',
  'point',
  'state',
  'check',
  'line',
  'rate',
  'frames',
  'freezes',
  'level',
  'devices',
  'browser',
  'node',
] as const;

/** All sites, the worst first; while a pointer or the keyboard is on the table, no row moves. */
export function Board({ checks, board, shown }: BoardProps) {
  const t = text.value.technician;
  const byId = new Map(shown.map((seat) => [seat.id, seat]));
  const { order, ref, guards } = useSteadyRows<HTMLTableSectionElement>(shown.map((s) => s.id));
  const hints: Partial<Record<(typeof columns)[number], string>> = t.columnHints;
  return (
    <div class="sheet">
      <table class="board">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-column={column} title={hints[column]}>
                {t.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={ref} {...guards}>
          {order.map((id) => {
            const seat = byId.get(id);
            const stand = board.stands.get(id);
            if (!seat || !stand) return null;
            return (
              <BoardRow
                key={id}
                seat={seat}
                stand={stand}
                recent={board.rows.get(id) ?? []}
                check={checks[id]}
              />
            );
          })}
        </tbody>
      </table>
      {shown.length === 0 && <p class="empty soft">{t.nobody}</p>}
    </div>
  );
}
