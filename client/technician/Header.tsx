import type { BriefingState } from '../../server/domain/briefing.ts';
import type { SeatId } from '../../server/domain/ids.ts';
import type { Seat } from '../../server/domain/roster.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { ThemeSwitch } from '../ui/ThemeSwitch.tsx';
import { CheckMenu } from './board/CheckMenu.tsx';
import { copyText } from './copy.ts';
import { type BoardFilter, filters, place } from './place.ts';

interface HeaderProps {
  readonly state: BriefingState;
  readonly count: (filter: BoardFilter) => number;
  readonly shown: readonly Seat[];
  /** Every point's link; null until they have come. */
  readonly urls: ReadonlyMap<SeatId, string> | null;
}

export function Header({ state, count, shown, urls }: HeaderProps) {
  const t = text.value.technician;
  const list = () =>
    shown
      .filter((s) => urls?.has(s.id))
      .map((s) => `${s.order}\t${local(s.name)}\t${urls?.get(s.id)}`)
      .join('\n');
  return (
    <header class="top">
      <div class="title">
        <h1>{t.title}</h1>
        <span class="soft small">{local(state.title)}</span>
      </div>
      <input
        class="field"
        type="search"
        placeholder={t.search}
        aria-label={t.search}
        value={place.query.value}
        onInput={(e) => {
          place.query.value = e.currentTarget.value;
        }}
      />
      <Segmented
        action="board.filter"
        label={t.filters}
        choices={filters.map((value) => ({
          value,
          label: t.filter[value],
          count: count(value),
        }))}
        value={place.filter.value}
        onChoose={(value) => {
          place.filter.value = value;
        }}
      />
      <CheckMenu state={state} shown={shown} />
      <Button
        action="links.copyAll"
        icon="copy"
        label={t.copyAllHint}
        refused={urls ? null : t.noLinks}
        onPress={() => copyText(list())}
      >
        <span class="words">{t.copyAll}</span>
      </Button>
      <ThemeSwitch />
      <LanguageSwitch />
      <Clock />
    </header>
  );
}
