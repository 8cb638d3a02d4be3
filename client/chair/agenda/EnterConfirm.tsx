import type { AgendaItem } from '../../../server/domain/agenda.ts';
import type { BriefingState } from '../../../server/domain/briefing.ts';
import { programme } from '../../../server/domain/routing.ts';
import { listOf } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { useCommands } from '../../ui/useCommands.ts';

interface EnterConfirmProps {
  readonly state: BriefingState;
  readonly item: AgendaItem;
  readonly onClose: () => void;
}

/** Asked while somebody speaks: what the new item does to them. */
export function EnterConfirm({ state, item, onClose }: EnterConfirmProps) {
  const { give } = useCommands();
  const t = text.value.chair.agenda;
  const names = programme(state).speakers.flatMap((id) => state.seats[id] ?? []);
  const users = item.rules.floor.maxFloorUsers;
  const ends = users !== null && names.length > users;
  return (
    <Confirm
      title={t.confirmEnter.title(local(item.title))}
      detail={[
        t.confirmEnter.speaking(listOf(names.map((s) => local(s.name)))),
        ends ? t.confirmEnter.fewer(users) : t.confirmEnter.stays,
      ]}
      confirm={t.enter}
      onConfirm={() => give({ type: 'agenda.enter', item: item.id })}
      onClose={onClose}
    />
  );
}
