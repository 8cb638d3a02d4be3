import type { BriefingState } from '../../../server/domain/briefing.ts';
import { text } from '../../i18n/language.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { place } from '../place.ts';
import { useScrollPlace } from '../useScrollPlace.ts';
import { useSteadyRows } from '../useSteadyRows.ts';
import { matches, rosterFilters, rosterOrders } from './listing.ts';
import { RosterRow } from './RosterRow.tsx';
import { useListed } from './useListed.ts';

/** All points in protocol order, to be found by typing and to be called from their rows. */
export function Roster({ state }: { readonly state: BriefingState }) {
  const t = text.value.chair;
  const { query, filter, order } = place;
  const { all, shown, ails } = useListed(state);
  const here = all.filter((s) => s.status === 'connected').length;
  const rows = useSteadyRows<HTMLUListElement>(shown.map((s) => s.id));
  useScrollPlace('roster', rows.ref);
  return (
    <section class="column roster" aria-label={t.roster}>
      <h2>
        {t.roster}
        <span class="soft small">{t.rosterCount(here, all.length)}</span>
      </h2>
      <div class="find">
        <label class="search">
          <Icon name="search" />
          <input
            class="field"
            type="search"
            data-action="roster.search"
            placeholder={t.search}
            aria-label={t.search}
            aria-keyshortcuts="F"
            value={query.value}
            onInput={(e) => {
              query.value = e.currentTarget.value;
              rows.thaw();
            }}
            onKeyDown={(e) => {
              if (e.key === 'ArrowDown') rows.ref.current?.querySelector('button')?.focus();
              if (e.key !== 'Escape') return;
              query.value = '';
              e.currentTarget.blur();
            }}
          />
        </label>
        <Menu
          action="roster.order"
          icon="adjust"
          label={t.orderBy}
          title={t.orderBy}
          parts={[
            rosterOrders.map((o) => ({
              action: `roster.order.${o}`,
              label: t.order[o],
              checked: order.value === o,
              onPress: () => {
                order.value = o;
                rows.thaw();
              },
            })),
          ]}
        />
      </div>
      <fieldset class="filters" aria-label={t.filters}>
        {rosterFilters.map((f) => (
          <button
            type="button"
            class="filter"
            key={f}
            data-action={`roster.filter.${f}`}
            aria-pressed={filter.value === f}
            onClick={() => {
              filter.value = f;
              rows.thaw();
            }}
          >
            {t.rosterFilter[f]} <b>{all.filter((s) => matches(f, s, ails)).length}</b>
          </button>
        ))}
      </fieldset>
      <ul class="rows" ref={rows.ref} {...rows.guards}>
        {rows.order.map((id) => (
          <RosterRow key={id} id={id} />
        ))}
        {rows.order.length === 0 && <li class="empty soft">{t.nobody}</li>}
      </ul>
    </section>
  );
}
