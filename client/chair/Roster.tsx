import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { local, text } from '../i18n/language.ts';
import { Filters } from '../ui/Filters.tsx';
import { Icon } from '../ui/Icon.tsx';
import { inOrder } from '../ui/roster.ts';
import { finds, matches, type RosterFilter } from '../ui/search.ts';
import { RosterRow } from './RosterRow.tsx';

/** All points in protocol order, to be found by typing and to be called from their rows. */
export function Roster({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair;
  const query = useSignal('');
  const filter = useSignal<RosterFilter>('all');
  const all = inOrder(state.seats);
  const here = all.filter((s) => s.status === 'connected').length;
  const shown = all.filter((s) => matches(filter.value, s) && finds(query.value, local(s.name)));
  return (
    <section class="column roster" aria-label={t.roster}>
      <h2>
        {t.roster}
        <span class="soft small">{t.rosterCount(here, all.length)}</span>
      </h2>
      <label class="search">
        <Icon name="search" />
        <input
          class="field"
          type="search"
          placeholder={t.search}
          aria-label={t.search}
          value={query.value}
          onInput={(e) => {
            query.value = e.currentTarget.value;
          }}
          onKeyDown={(e) => {
            if (e.key !== 'Escape') return;
            query.value = '';
            e.currentTarget.blur();
          }}
        />
      </label>
      <Filters seats={all} chosen={filter} />
      <ul class="rows">
        {shown.map((seat) => (
          <RosterRow key={seat.id} state={state} seat={seat} />
        ))}
        {shown.length === 0 && <li class="empty soft">{t.nobody}</li>}
      </ul>
    </section>
  );
}
