import { useSignal } from '@preact/signals';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { local, text } from '../i18n/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { RosterRow } from './RosterRow.tsx';
import { finds, inOrder, matches, type RosterFilter } from './search.ts';

const filters = ['all', 'connected', 'absent', 'lost'] as const satisfies RosterFilter[];

/** All points in protocol order, to be found by typing and to be called from their rows. */
export function Roster({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair;
  const query = useSignal('');
  const filter = useSignal<RosterFilter>('all');
  const all = inOrder(state.seats);
  const count = (f: RosterFilter) => all.filter((s) => matches(f, s)).length;
  const shown = all.filter((s) => matches(filter.value, s) && finds(query.value, local(s.name)));
  return (
    <section class="column roster" aria-label={t.roster}>
      <h2>
        {t.roster}
        <span class="soft small">{t.rosterCount(count('connected'), all.length)}</span>
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
      <div class="filters" role="group">
        {filters.map((f) => (
          <button
            type="button"
            class="filter"
            key={f}
            data-action={`roster.filter.${f}`}
            aria-pressed={filter.value === f}
            onClick={() => {
              filter.value = f;
            }}
          >
            {t.filter[f]} <b>{count(f)}</b>
          </button>
        ))}
      </div>
      <ul class="rows">
        {shown.map((seat) => (
          <RosterRow key={seat.id} state={state} seat={seat} />
        ))}
        {shown.length === 0 && <li class="empty soft">{t.nobody}</li>}
      </ul>
    </section>
  );
}
