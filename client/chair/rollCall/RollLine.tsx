import type { RollRow, RollState } from '../../../server/domain/rollCall.ts';
import { minuteTime } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Standing, type Tone } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { SeatName } from '../SeatName.tsx';
import { cameAt } from './rollRows.ts';

interface RollLineProps {
  readonly row: RollRow;
  readonly onDeclare: () => void;
}

const looks: Record<RollState, { readonly tone: Tone; readonly icon: IconName }> = {
  present: { tone: 'plain', icon: 'online' },
  presentLate: { tone: 'caution', icon: 'hourglass' },
  absent: { tone: 'plain', icon: 'excused' },
  notCalled: { tone: 'plain', icon: 'absent' },
};

/** One point: what it said of itself beside what was measured. */
export function RollLine({ row, onDeclare }: RollLineProps) {
  const t = text.value.chair.roll;
  const { seat, state, declared, measured, disagreements } = row;
  const { tone, icon } = looks[state];
  const came = cameAt(row);
  return (
    <tr data-row={seat.id} data-seat={seat.id} data-state={state}>
      <td class="order">{seat.order}</td>
      <th scope="row">
        <SeatName seat={seat} />
        <Standing tone={tone} icon={icon}>
          {state === 'presentLate' && came !== null ? t.lateAt(minuteTime(came)) : t.counts[state]}
        </Standing>
        {disagreements.map((each) => (
          <Standing key={each} tone="alarm" icon="alert">
            {t.differs[each]}
          </Standing>
        ))}
      </th>
      <td>{declared ? <Said row={row} /> : <span class="soft">{t.nothingDeclared}</span>}</td>
      <td>
        {measured.firstJoinedAt === null ? (
          <span class="soft">{t.notConnected}</span>
        ) : (
          <span>{t.joinedAt(minuteTime(measured.firstJoinedAt))}</span>
        )}
        {measured.seen !== null && (
          <Standing
            tone={measured.seen ? 'plain' : 'caution'}
            icon={measured.seen ? 'camera' : 'cameraOff'}
          >
            {measured.seen ? t.seen.yes : t.seen.no}
          </Standing>
        )}
        {measured.heard !== null && (
          <Standing
            tone={measured.heard ? 'plain' : 'caution'}
            icon={measured.heard ? 'microphone' : 'microphoneOff'}
          >
            {measured.heard ? t.heard.yes : t.heard.no}
          </Standing>
        )}
      </td>
      <td class="deeds">
        <RowDeclare row={row} onDeclare={onDeclare} />
      </td>
    </tr>
  );
}

function Said({ row: { declared } }: Pick<RollLineProps, 'row'>) {
  const t = text.value.chair.roll;
  if (!declared) return null;
  if (declared.attendance === 'absent') return <span>{declared.reason}</span>;
  const { head, title, headCount, substitute } = declared;
  return (
    <>
      <span>{[head, title].filter(Boolean).join(', ') || t.form.present}</span>
      {headCount !== null && <span class="soft">{t.persons(headCount)}</span>}
      {substitute !== '' && <span class="soft">{t.substitute(substitute)}</span>}
    </>
  );
}

function RowDeclare({ row: { seat, declared }, onDeclare }: RollLineProps) {
  const t = text.value.chair.roll;
  return (
    <Button
      action="roll.declare"
      icon={declared ? 'edit' : 'plus'}
      look="quiet"
      size="small"
      label={t.declareFor(local(seat.name))}
      onPress={onDeclare}
    />
  );
}
