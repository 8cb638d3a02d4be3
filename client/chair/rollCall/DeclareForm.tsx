import { useSignal } from '@preact/signals';
import type { Declaration, Declared } from '../../../server/domain/rollCall.ts';
import type { Seat } from '../../../server/domain/roster.ts';
import { local, text } from '../../i18n/language.ts';
import { TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useGive } from '../useGive.ts';

interface DeclareFormProps {
  readonly seat: Seat;
  /** What it or the secretary has said before. */
  readonly declared: Declared | null;
  readonly onClose: () => void;
}

const most = 10_000;

/** What the secretary writes down for a point that said it by telephone. */
export function DeclareForm({ seat, declared, onClose }: DeclareFormProps) {
  const give = useGive();
  const said = useSignal({
    attendance: declared?.attendance ?? ('present' as Declaration['attendance']),
    head: declared?.head ?? '',
    title: declared?.title ?? '',
    headCount: declared?.headCount == null ? '' : String(declared.headCount),
    substitute: declared?.substitute ?? '',
    reason: declared?.reason ?? '',
  });
  const t = text.value.chair.roll;
  const s = said.value;
  const set = (change: Partial<typeof s>) => {
    said.value = { ...said.value, ...change };
  };
  const absent = s.attendance === 'absent';
  const count = s.headCount.trim();
  const wrongCount = !absent && count !== '' && !(/^\d{1,5}$/.test(count) && Number(count) <= most);
  const refused = wrongCount
    ? t.form.wrongCount
    : absent && s.reason.trim() === ''
      ? t.form.noReason
      : null;
  return (
    <FormDialog
      title={t.declareFor(local(seat.name))}
      save={t.form.save}
      refused={refused}
      onClose={onClose}
      onSave={() =>
        give({
          type: 'rollCall.declare',
          seat: seat.id,
          declaration: {
            ...s,
            // What is hidden in the form is not meant.
            headCount: absent || count === '' ? null : Number(count),
            substitute: absent ? '' : s.substitute,
            reason: absent ? s.reason : '',
          },
        })
      }
    >
      <Segmented
        action="declare.attendance"
        label={t.form.attendance}
        value={s.attendance}
        choices={(['present', 'absent'] as const).map((value) => ({
          value,
          label: t.form[value],
        }))}
        onChoose={(attendance) => set({ attendance })}
      />
      {absent && (
        <TextField
          action="declare.reason"
          label={t.form.reason}
          maxLength={300}
          value={s.reason}
          onValue={(reason) => set({ reason })}
        />
      )}
      <div class="beside">
        <TextField
          action="declare.head"
          label={t.form.head}
          maxLength={120}
          value={s.head}
          onValue={(head) => set({ head })}
        />
        <TextField
          action="declare.title"
          label={t.form.title}
          maxLength={120}
          value={s.title}
          onValue={(title) => set({ title })}
        />
      </div>
      {!absent && (
        <div class="beside">
          <TextField
            action="declare.headCount"
            label={t.form.headCount}
            type="number"
            min={0}
            max={most}
            wrong={wrongCount ? t.form.wrongCount : null}
            value={s.headCount}
            onValue={(headCount) => set({ headCount })}
          />
          <TextField
            action="declare.substitute"
            label={t.form.substitute}
            maxLength={120}
            value={s.substitute}
            onValue={(substitute) => set({ substitute })}
          />
        </div>
      )}
    </FormDialog>
  );
}
