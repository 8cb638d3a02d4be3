import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PlanDraft } from '../../server/protocol/plan.ts';
import { whole } from '../i18n/format.ts';
import { local, text } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { finds } from '../ui/search.ts';
import type { PartProps } from './General.tsx';

type Point = PlanDraft['points'][number];

/** Who is invited, of all the points that this plan has had since it was opened here. */
export function Points({ plan, desk }: PartProps) {
  const t = text.value.planning.points;
  const query = useSignal('');
  const known = useMemo(() => new Map<string, Point>(), [desk.subject.value]);
  for (const point of plan.points) known.set(point.id, point);
  const others = [...known.values()]
    .filter(({ id }) => id !== plan.chairPoint)
    .sort((a, b) => a.order - b.order);
  const invited = new Set(plan.points.map(({ id }) => id));
  const invite = (wanted: (point: Point) => boolean) => {
    const chair = plan.points.filter(({ id }) => id === plan.chairPoint);
    desk.edit({ points: [...chair, ...others.filter(wanted)] });
  };
  return (
    <>
      <div class="row">
        <input
          class="field"
          type="search"
          placeholder={t.search}
          aria-label={t.search}
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value;
          }}
        />
        <span class="soft" data-invited={plan.points.length - 1}>
          {t.count(whole(plan.points.length - 1), whole(others.length))}
        </span>
        <Button action="points.all" icon="users" onPress={() => invite(() => true)}>
          {t.all}
        </Button>
      </div>
      <ul class="points">
        {others
          .filter(({ name }) => finds(query.value, local(name)))
          .map((point) => (
            <li key={point.id}>
              <label>
                <input
                  type="checkbox"
                  data-point={point.id}
                  checked={invited.has(point.id)}
                  aria-label={t.invite(local(point.name))}
                  onChange={(event) => {
                    const { checked } = event.currentTarget;
                    invite(({ id }) => (id === point.id ? checked : invited.has(id)));
                  }}
                />
                <span class="soft small">{whole(point.order)}</span>
                <span title={local(point.name)}>{local(point.shortName)}</span>
              </label>
            </li>
          ))}
      </ul>
    </>
  );
}
