import type { BriefingState } from '../../server/domain/briefing.ts';
import type { Seat } from '../../server/domain/roster.ts';
import { text } from '../i18n/language.ts';
import { Clock } from '../ui/Clock.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { WallPage } from './grid.ts';

interface SummaryProps {
  readonly state: BriefingState;
  readonly seats: readonly Seat[];
  readonly page: WallPage;
}

/** The board's own tile: what goes on, what time it is, how many are here. */
export function Summary({ state, seats, page }: SummaryProps) {
  const t = text.value;
  const here = seats.filter((s) => s.status === 'connected').length;
  const lost = seats.filter((s) => s.status === 'lost').length;
  const absent = seats.length - here - lost;
  return (
    <article class="summary">
      <Clock />
      <span class="phase">{t.phase[state.phase]}</span>
      <dl>
        <div>
          <dt>
            <Icon name="online" />
            {t.wall.here}
          </dt>
          <dd>{here}</dd>
        </div>
        <div data-bad={lost > 0 || undefined}>
          <dt>
            <Icon name="offline" />
            {t.wall.lost}
          </dt>
          <dd>{lost}</dd>
        </div>
        <div>
          <dt>
            <Icon name="absent" />
            {t.wall.absent}
          </dt>
          <dd>{absent}</dd>
        </div>
      </dl>
      {page.of > 1 && (
        <span class="page">
          {page.page}/{page.of}
        </span>
      )}
    </article>
  );
}
