import { useSignal } from '@preact/signals';
import type { AgendaItem } from '../../../server/domain/agenda.ts';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import type { BrowserCommand } from '../../../server/protocol/commands.ts';
import { ItemForm } from '../../agenda/ItemForm.tsx';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { useCommands } from '../../ui/useCommands.ts';
import { useSurface } from '../../ui/useSurface.ts';
import { agendaTimes } from '../centre/agendaTimes.ts';
import { useMinutes } from '../records/useMinutes.ts';
import { useGive } from '../useGive.ts';
import { AgendaRow } from './AgendaRow.tsx';
import { EnterConfirm } from './EnterConfirm.tsx';
import { itemUse } from './itemUse.ts';
import { wire } from './wire.ts';

/** What is open over the agenda. */
type Sheet =
  | { readonly is: 'enter' | 'edit' | 'remove'; readonly item: AgendaItem }
  | { readonly is: 'add' }
  | null;

/** The agenda as it runs: which item is under way, how long each took, and the way to the next. */
export function Agenda({ state }: { readonly state: BriefingState }) {
  const { link } = useSurface();
  const { give, refused } = useCommands();
  const giveForm = useGive();
  const editing = useSignal(false);
  const sheet = useSignal<Sheet>(null);
  const t = text.value.chair.agenda;
  const { agenda, agendaAt, phase } = state;
  const times = agendaTimes(state.startsAt, agenda);
  const past = useMinutes(state.id, `${agendaAt?.item} ${agendaAt?.since} ${phase}`).view.value;
  const now = link.clock.second.value;
  const current = agenda.findIndex(({ id }) => id === agendaAt?.item);
  const next = agenda[current + 1];
  const enter = (item: AgendaItem) => {
    // A question only where somebody would be surprised.
    if (state.floor.holders.length > 0) sheet.value = { is: 'enter', item };
    else return give({ type: 'agenda.enter', item: item.id });
    return undefined;
  };
  const close = () => {
    sheet.value = null;
  };
  const open = sheet.value;
  const save = (saved: AgendaItem) => {
    const known = agenda.some(({ id }) => id === saved.id);
    const changed = known
      ? agenda.map((each) => (each.id === saved.id ? saved : each))
      : [...agenda, saved];
    return giveForm({ type: 'agenda.change', agenda: wire(changed) });
  };
  const without = (item: AgendaItem): BrowserCommand => ({
    type: 'agenda.change',
    agenda: wire(agenda.filter(({ id }) => id !== item.id)),
  });
  return (
    <div class="agenda-panel">
      <div class="panel-bar">
        <Button
          action="agenda.next"
          icon="next"
          look={phase === 'inSession' ? 'accent' : 'plain'}
          size="small"
          refused={next ? refused({ type: 'agenda.enter', item: next.id }) : t.last}
          onPress={() => next && enter(next)}
        >
          {next
            ? (current < 0 ? t.begin : t.next)(local(next.title))
            : agenda.length > 0
              ? t.last
              : text.value.chair.agendaEmpty}
        </Button>
        {editing.value && (
          <Button
            action="agenda.add"
            icon="plus"
            size="small"
            onPress={() => {
              sheet.value = { is: 'add' };
            }}
          >
            {t.add}
          </Button>
        )}
        <Button
          action="agenda.edit"
          icon={editing.value ? 'check' : 'edit'}
          look="quiet"
          size="small"
          pressed={editing.value}
          onPress={() => {
            editing.value = !editing.value;
          }}
        >
          {editing.value ? t.done : t.edit}
        </Button>
      </div>
      <ol class="agenda">
        {agenda.map((item, index) => (
          <AgendaRow
            key={item.id}
            state={state}
            item={item}
            index={index}
            planned={times[index]}
            used={itemUse(item.id, { state, past, now })}
            editing={editing.value}
            onEnter={() => enter(item)}
            onEdit={() => {
              sheet.value = { is: 'edit', item };
            }}
            onRemove={() => {
              sheet.value = { is: 'remove', item };
            }}
          />
        ))}
        {agenda.length === 0 && <li class="empty soft">{text.value.chair.agendaEmpty}</li>}
      </ol>
      {open?.is === 'enter' && <EnterConfirm state={state} item={open.item} onClose={close} />}
      {(open?.is === 'add' || open?.is === 'edit') && (
        <ItemForm
          places={{ points: Object.values(state.seats), chairPoint: state.chairPoint, agenda }}
          item={open.is === 'edit' ? open.item : null}
          onSave={save}
          onClose={close}
        />
      )}
      {open?.is === 'remove' && (
        <Confirm
          title={t.removeTitle(local(open.item.title))}
          detail={t.removeDetail}
          confirm={t.remove(local(open.item.title))}
          onConfirm={() => give(without(open.item))}
          onClose={close}
        />
      )}
    </div>
  );
}
