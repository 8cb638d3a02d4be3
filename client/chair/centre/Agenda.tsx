import type { BriefingState } from '../../../server/domain/briefing.ts';
import { writtenTime } from '../../i18n/format.ts';
import { local, text } from '../../i18n/language.ts';
import { agendaTimes } from './agendaTimes.ts';

/** The items with the times that they are planned for. */
export function Agenda({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair;
  const times = agendaTimes(state.startsAt, state.agenda);
  return (
    <ol class="agenda">
      {state.agenda.map((item, index) => {
        const owner = item.owner === null ? undefined : state.seats[item.owner];
        const planned = times[index];
        return (
          <li key={item.id}>
            <span class="order">{index + 1}</span>
            <time class="planned">
              {planned && `${writtenTime(planned.from)} – ${writtenTime(planned.to)}`}
            </time>
            <span class="what">
              {local(item.title)}
              {owner && <span class="soft small">{local(owner.name)}</span>}
            </span>
            <span class="soft small">{t.minutes(item.minutes)}</span>
          </li>
        );
      })}
      {state.agenda.length === 0 && <li class="empty soft">{t.agendaEmpty}</li>}
    </ol>
  );
}
