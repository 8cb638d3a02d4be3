import type { Signal } from '@preact/signals';
import type { Seat } from '../../server/domain/roster.ts';
import { text } from '../i18n/language.ts';
import { matches, type RosterFilter } from './search.ts';

const filters = ['all', 'connected', 'absent', 'lost'] as const satisfies RosterFilter[];

interface FiltersProps {
  readonly seats: readonly Seat[];
  readonly chosen: Signal<RosterFilter>;
}

/** Which seats to list, each choice with its count. */
export function Filters({ seats, chosen }: FiltersProps) {
  return (
    <fieldset class="filters">
      {filters.map((f) => (
        <button
          type="button"
          class="filter"
          key={f}
          data-action={`roster.filter.${f}`}
          aria-pressed={chosen.value === f}
          onClick={() => {
            chosen.value = f;
          }}
        >
          {text.value.chair.filter[f]} <b>{seats.filter((s) => matches(f, s)).length}</b>
        </button>
      ))}
    </fieldset>
  );
}
