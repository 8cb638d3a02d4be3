import { useSignal } from '@preact/signals';
import { type AgendaItem, type AgendaKind, agendaKinds } from '../../server/domain/agenda.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import type { PlannedPoint } from '../../server/domain/roster.ts';
import { local, text } from '../i18n/language.ts';
import { Select, TextField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Toggle } from '../ui/Toggle.tsx';
import { ItemFloorForm } from './ItemFloorForm.tsx';
import { draftOf, faultOf, freeId, type ItemDraft, itemFrom, newDraft } from './itemDraft.ts';
import { PointPicker } from './PointPicker.tsx';

/** What an item can name: the points, the chair point among them, and the items that there are. */
interface Places {
  readonly points: readonly PlannedPoint[];
  readonly chairPoint: SeatId;
  readonly agenda: readonly AgendaItem[];
}

interface ItemFormProps {
  readonly places: Places;
  /** The item to be changed; null for a new one. */
  readonly item: AgendaItem | null;
  /** Null when it was saved; else why not, in words. */
  readonly onSave: (item: AgendaItem) => Promise<string | null>;
  readonly onClose: () => void;
}

const nobody = '';

/** One item of the agenda with all its rules, as they will hold from the moment it is saved. */
export function ItemForm({ places, item, onSave, onClose }: ItemFormProps) {
  const draft = useSignal(item ? draftOf(item) : newDraft(places.chairPoint));
  const t = text.value.chair.agenda;
  const d = draft.value;
  const set = (change: Partial<ItemDraft>) => {
    draft.value = { ...draft.value, ...change };
  };
  const fault = faultOf(d);
  const owners = places.points.toSorted((a, b) => a.order - b.order);
  return (
    <FormDialog
      title={item ? t.editItem(local(item.title)) : t.newItem}
      save={t.form.save}
      refused={fault && t.form[fault]}
      onSave={() => onSave(itemFrom(d, item?.id ?? freeId(places.agenda)))}
      onClose={onClose}
    >
      <TextField
        action="item.title"
        label={t.form.title}
        maxLength={300}
        value={d.titleVi}
        onValue={(titleVi) => set({ titleVi })}
      />
      <TextField
        action="item.titleEn"
        label={t.form.titleEn}
        hint={t.form.titleEnHint}
        maxLength={300}
        value={d.titleEn}
        onValue={(titleEn) => set({ titleEn })}
      />
      <div class="beside">
        <Select
          action="item.kind"
          label={t.form.kind}
          value={d.kind}
          options={agendaKinds.map((kind) => ({ value: kind, label: t.kind[kind] }))}
          onValue={(kind) => set({ kind: kind as AgendaKind })}
        />
        <TextField
          action="item.minutes"
          label={t.form.minutes}
          type="number"
          min={1}
          max={480}
          wrong={fault === 'wrongMinutes' ? t.form.wrongMinutes : null}
          value={d.minutes}
          onValue={(minutes) => set({ minutes })}
        />
      </div>
      <Select
        action="item.owner"
        label={t.form.owner}
        value={d.owner ?? nobody}
        options={[
          { value: nobody, label: t.form.nobody },
          ...owners.map((s) => ({ value: s.id, label: local(s.name) })),
        ]}
        onValue={(owner) => set({ owner: owner === nobody ? null : owner })}
      />
      <PointPicker
        points={places.points}
        action="item.speakers"
        label={t.form.speakers}
        ordered
        chosen={d.speakers}
        onChosen={(speakers) => set({ speakers })}
      />
      <div class="rule">
        <span class="small soft">{t.form.requests}</span>
        <Segmented
          action="item.requests"
          label={t.form.requests}
          value={d.requests}
          choices={(['all', 'chosen', 'none'] as const).map((value) => ({
            value,
            label: t.requests[value],
          }))}
          onChoose={(requests) => set({ requests })}
        />
      </div>
      {d.requests === 'chosen' && (
        <PointPicker
          points={places.points}
          action="item.chosen"
          label={t.form.chosen}
          chosen={d.chosen}
          onChosen={(chosen) => set({ chosen })}
        />
      )}
      <div class="beside">
        <TextField
          action="item.queueLimit"
          label={t.form.queueLimit}
          hint={t.form.queueLimitHint}
          type="number"
          min={1}
          max={1000}
          wrong={fault === 'wrongLimit' ? t.form.wrongLimit : null}
          value={d.queueLimit}
          onValue={(queueLimit) => set({ queueLimit })}
        />
        <div class="toggles">
          <Toggle action="item.once" on={d.once} onTurn={(once) => set({ once })}>
            {t.form.once}
          </Toggle>
          <Toggle action="item.replies" on={d.replies} onTurn={(replies) => set({ replies })}>
            {t.form.replies}
          </Toggle>
        </div>
      </div>
      <ItemFloorForm draft={d} onChange={set} />
    </FormDialog>
  );
}
