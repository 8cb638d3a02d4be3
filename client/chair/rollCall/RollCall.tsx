import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import { type RollState, rollCall } from '../../../server/domain/rollCall.ts';
import { text } from '../../i18n/language.ts';
import { Standing } from '../../ui/Badge.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { place } from '../place.ts';
import { Downloads } from '../records/Downloads.tsx';
import { useSteadyRows } from '../useSteadyRows.ts';
import { DeclareForm } from './DeclareForm.tsx';
import { RollLine } from './RollLine.tsx';
import { rollFilters, rollRows } from './rollRows.ts';

const counted = ['present', 'presentLate', 'absent', 'notCalled'] as const satisfies RollState[];

/** The roll call: declared beside measured, what contradicts itself first. */
export function RollCall({ state }: { readonly state: BriefingState }) {
  const declaring = useSignal<string | null>(null);
  const t = text.value.chair.roll;
  const roll = rollCall(state);
  const { counts, quorum, quorate } = roll;
  const here = counts.present + counts.presentLate;
  const shown = rollRows(roll, place.rollFilter.value);
  const rows = useSteadyRows<HTMLTableSectionElement>(shown.map(({ seat }) => seat.id));
  const byId = new Map(roll.rows.map((row) => [row.seat.id, row]));
  const asked = byId.get(declaring.value ?? '');
  return (
    <div class="roll-panel">
      <div class="panel-bar">
        <ul class="counts small" aria-label={t.title}>
          {counted.map((each) => (
            <li key={each} data-count={each}>
              {t.counts[each]} <b>{counts[each]}</b>
            </li>
          ))}
          {quorum !== null && (
            <li data-quorate={quorate}>
              <Standing tone={quorate ? 'accent' : 'alarm'} icon={quorate ? 'check' : 'alert'}>
                {(quorate ? t.quorum : t.noQuorum)(here, quorum)}
              </Standing>
            </li>
          )}
        </ul>
        <Downloads briefing={state.id} files={[['xlsx', 'attendance']]} />
      </div>
      <Segmented
        action="roll.filter"
        label={t.show}
        value={place.rollFilter.value}
        choices={rollFilters.map((value) => ({
          value,
          label: t.filter[value],
          count: rollRows(roll, value).length,
        }))}
        onChoose={(value) => {
          place.rollFilter.value = value;
          rows.thaw();
        }}
      />
      <div class="roll-table">
        <table>
          <colgroup>
            {['order', 'point', 'declared', 'measured', 'deeds'].map((col) => (
              <col key={col} data-col={col} />
            ))}
          </colgroup>
          <thead class="small soft">
            <tr>
              <th scope="col" colSpan={2}>
                {t.point}
              </th>
              <th scope="col">{t.declared}</th>
              <th scope="col" colSpan={2}>
                {t.measured}
              </th>
            </tr>
          </thead>
          <tbody ref={rows.ref} {...rows.guards}>
            {rows.order.map((id) => {
              const row = byId.get(id);
              return (
                row && (
                  <RollLine
                    key={id}
                    row={row}
                    onDeclare={() => {
                      declaring.value = id;
                    }}
                  />
                )
              );
            })}
          </tbody>
        </table>
        {rows.order.length === 0 && <p class="empty soft">{t.empty}</p>}
      </div>
      {asked && (
        <DeclareForm
          seat={asked.seat}
          declared={asked.declared}
          onClose={() => {
            declaring.value = null;
            rows.thaw();
          }}
        />
      )}
    </div>
  );
}
