import type { BriefingState } from '../../server/domain/briefing.ts';
import { local, text } from '../i18n/language.ts';

export function Agenda({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair;
  return (
    <section class="agenda" aria-label={t.agenda}>
      <h2>{t.agenda}</h2>
      <ol class="rows">
        {state.agenda.map((item, index) => {
          const owner = item.owner === null ? undefined : state.seats[item.owner];
          return (
            <li key={item.id}>
              <span class="order">{index + 1}</span>
              <span class="what">
                {local(item.title)}
                {owner && <span class="soft small">{local(owner.name)}</span>}
              </span>
              <span class="soft small">{t.minutes(item.minutes)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
