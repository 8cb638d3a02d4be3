import { useSignal } from '@preact/signals';
import type { Directive } from '../../server/domain/directives.ts';
import type { PlannedPoint } from '../../server/domain/roster.ts';
import { PointPicker } from '../agenda/PointPicker.tsx';
import { local, text } from '../i18n/language.ts';
import { Select, TextArea, TextField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import {
  type DirectiveDraft,
  directiveDraft,
  directiveFault,
  directiveFrom,
  emptyDraft,
  type WrittenDirective,
} from './directiveDraft.ts';

interface DirectiveFormProps {
  /** All points, the chair point too: it may lead. */
  readonly points: readonly PlannedPoint[];
  /** The number that it has, or will have. */
  readonly number: number;
  /** The draft to be changed; null for a new one. */
  readonly directive: Directive | null;
  /** Null when it was saved; else why not, in words. */
  readonly onSave: (directive: WrittenDirective) => Promise<string | null>;
  readonly onClose: () => void;
}

/** One task: what, by whom, with whom, by when, with what result. */
export function DirectiveForm(props: DirectiveFormProps) {
  const { points, number, directive, onSave, onClose } = props;
  const draft = useSignal(directive ? directiveDraft(directive) : emptyDraft);
  const t = text.value.chair.directive;
  const d = draft.value;
  const set = (change: Partial<DirectiveDraft>) => {
    draft.value = { ...draft.value, ...change };
  };
  const fault = directiveFault(d);
  const seats = points.toSorted((a, b) => a.order - b.order);
  return (
    <FormDialog
      title={directive ? t.editOf(number) : t.form.new(number)}
      save={t.form.save}
      refused={fault && t.form[fault]}
      onSave={() => onSave(directiveFrom(d, number))}
      onClose={onClose}
    >
      <TextField
        action="directive.title"
        label={t.form.title}
        maxLength={300}
        value={d.titleVi}
        onValue={(titleVi) => set({ titleVi })}
      />
      <TextField
        action="directive.titleEn"
        label={t.form.titleEn}
        hint={t.form.titleEnHint}
        maxLength={300}
        value={d.titleEn}
        onValue={(titleEn) => set({ titleEn })}
      />
      <TextArea
        action="directive.content"
        label={t.form.content}
        rows={4}
        maxLength={2000}
        value={d.content}
        onValue={(content) => set({ content })}
      />
      <Select
        action="directive.lead"
        label={t.form.lead}
        value={d.lead}
        options={[
          ...(d.lead === '' ? [{ value: '', label: t.form.choose }] : []),
          ...seats.map((s) => ({ value: s.id, label: local(s.name) })),
        ]}
        onValue={(lead) => set({ lead })}
      />
      <div class="rule">
        <span class="small soft">{t.form.supporting}</span>
        <Segmented
          action="directive.supporting"
          label={t.form.supporting}
          value={d.supportsAll ? 'all' : 'some'}
          choices={(['some', 'all'] as const).map((value) => ({ value, label: t.form[value] }))}
          onChoose={(value) => set({ supportsAll: value === 'all' })}
        />
      </div>
      {!d.supportsAll && (
        <PointPicker
          points={points}
          action="directive.points"
          label={t.form.some}
          chosen={d.supporting}
          onChosen={(supporting) => set({ supporting })}
        />
      )}
      <div class="beside">
        <TextField
          action="directive.deadline"
          label={t.form.deadline}
          type="date"
          value={d.deadline}
          onValue={(deadline) => set({ deadline })}
        />
        <TextField
          action="directive.product"
          label={t.form.product}
          maxLength={300}
          value={d.product}
          onValue={(product) => set({ product })}
        />
      </div>
    </FormDialog>
  );
}
