import { useComputed } from '@preact/signals';
import { text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Clock } from '../ui/Clock.tsx';
import { Icon } from '../ui/Icon.tsx';
import { inOrder } from '../ui/roster.ts';
import { useSurface } from '../ui/useSurface.ts';
import type { WallPage } from './grid.ts';

interface SummaryProps {
  readonly page: WallPage;
  /** In cells. */
  readonly span: number;
  readonly onSettings: () => void;
}

/** The board's own tile: what goes on, what time it is, how many are here. */
export function Summary({ page, span, onSettings }: SummaryProps) {
  const { link } = useSurface();
  const phase = useComputed(() => link.state.value?.phase ?? 'scheduled').value;
  // As text, so that a change of none of them draws nothing.
  const [here = 0, lost = 0, absent = 0] = useComputed(() => {
    const seats = inOrder(link.state.value?.seats ?? {});
    const count = (status: string) => seats.filter((s) => s.status === status).length;
    const [online, gone] = [count('connected'), count('lost')];
    return `${online} ${gone} ${seats.length - online - gone}`;
  })
    .value.split(' ')
    .map(Number);
  const t = text.value;
  return (
    <article class="summary" style={{ gridColumnEnd: `span ${span}` }}>
      <Clock />
      <div class="state">
        <span class="phase">{t.phase[phase]}</span>
        <Button
          action="wall.settings"
          icon="adjust"
          look="quiet"
          label={t.wall.bar}
          onPress={onSettings}
        />
      </div>
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
      {page.of > 1 && <span class="page">{t.wall.pageOf(page.page, page.of)}</span>}
    </article>
  );
}
