import { useSignal } from '@preact/signals';
import type { AgendaItem } from '../../server/domain/agenda.ts';
import { ItemForm } from '../agenda/ItemForm.tsx';
import { ruleWords } from '../agenda/ruleWords.ts';
import { duration } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import type { PartProps } from './General.tsx';

const minute = 60_000;

/** What is gone through, item by item, with who answers for it, how long, and by which rules. */
export function Agenda({ plan, desk }: PartProps) {
  const t = text.value.planning.agenda;
  const kinds = text.value.chair.agenda.kind;
  /** The item in the form; `new` for one more. */
  const editing = useSignal<AgendaItem | 'new' | null>(null);
  const { agenda, points } = plan;
  const names = new Map(points.map(({ id, name }) => [id, local(name)]));
  const put = (next: readonly AgendaItem[]) => desk.edit({ agenda: next });
  const move = (from: number, to: number) => {
    const [moved] = agenda.slice(from, from + 1);
    if (moved) put(agenda.toSpliced(from, 1).toSpliced(to, 0, moved));
  };
  const total = agenda.reduce((sum, { minutes }) => sum + minutes, 0);
  return (
    <>
      {agenda.length === 0 && <p class="soft">{t.empty}</p>}
      <ol class="rows">
        {agenda.map((item, at) => (
          <li key={item.id} data-item={item.id}>
            <span class="what">
              <b>{local(item.title)}</b>
              <span class="soft small">
                {[
                  kinds[item.kind],
                  names.get(item.owner ?? ''),
                  ...ruleWords(item.rules, text.value),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <span class="minutes">{duration(item.minutes * minute)}</span>
            <Button
              action="agenda.up"
              icon="up"
              look="quiet"
              size="small"
              label={t.up}
              refused={at === 0 ? t.up : null}
              onPress={() => move(at, at - 1)}
            />
            <Button
              action="agenda.down"
              icon="down"
              look="quiet"
              size="small"
              label={t.down}
              refused={at === agenda.length - 1 ? t.down : null}
              onPress={() => move(at, at + 1)}
            />
            <Button
              action="agenda.edit"
              icon="edit"
              look="quiet"
              size="small"
              label={t.edit}
              onPress={() => {
                editing.value = item;
              }}
            />
            <Button
              action="agenda.remove"
              icon="trash"
              look="quiet"
              size="small"
              label={t.remove}
              onPress={() => put(agenda.filter((_, i) => i !== at))}
            />
          </li>
        ))}
      </ol>
      <div class="row">
        <Button
          action="agenda.add"
          icon="plus"
          onPress={() => {
            editing.value = 'new';
          }}
        >
          {t.add}
        </Button>
        <span class="soft">{t.total(duration(total * minute))}</span>
      </div>
      {editing.value && (
        <ItemForm
          places={{ points, chairPoint: plan.chairPoint, agenda }}
          item={editing.value === 'new' ? null : editing.value}
          onSave={async (saved) => {
            const known = agenda.some(({ id }) => id === saved.id);
            put(known ? agenda.map((i) => (i.id === saved.id ? saved : i)) : [...agenda, saved]);
            return null;
          }}
          onClose={() => {
            editing.value = null;
          }}
        />
      )}
    </>
  );
}
