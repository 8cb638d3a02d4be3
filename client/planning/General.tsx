import { classifications, type PlanDraft } from '../../server/protocol/plan.ts';
import { local, text } from '../i18n/language.ts';
import { Select, TextField } from '../ui/Field.tsx';
import type { Desk } from './desk.ts';
import { startsAtOf, wallTime } from './startsAt.ts';

export interface PartProps {
  readonly plan: PlanDraft;
  readonly desk: Desk;
}

/** What the briefing is, when, and where it is led from. */
export function General({ plan, desk }: PartProps) {
  const t = text.value.planning;
  const g = t.general;
  return (
    <div class="grid">
      <div class="wide">
        <TextField
          action="plan.titleVi"
          label={g.titleVi}
          maxLength={300}
          value={plan.title.vi}
          onValue={(vi) => desk.edit({ title: { ...plan.title, vi } })}
        />
      </div>
      <div class="wide">
        <TextField
          action="plan.titleEn"
          label={g.titleEn}
          maxLength={300}
          value={plan.title.en}
          onValue={(en) => desk.edit({ title: { ...plan.title, en } })}
        />
      </div>
      <TextField
        action="plan.sectorVi"
        label={g.sectorVi}
        maxLength={300}
        value={plan.sector.vi}
        onValue={(vi) => desk.edit({ sector: { ...plan.sector, vi } })}
      />
      <TextField
        action="plan.sectorEn"
        label={g.sectorEn}
        maxLength={300}
        value={plan.sector.en}
        onValue={(en) => desk.edit({ sector: { ...plan.sector, en } })}
      />
      <TextField
        action="plan.startsAt"
        label={g.startsAt}
        hint={g.opens}
        type="datetime-local"
        value={wallTime(plan.startsAt)}
        onValue={(wall) => desk.edit({ startsAt: startsAtOf(wall, plan.timeZone) })}
      />
      <Select
        action="plan.classification"
        label={g.classification}
        value={plan.classification}
        options={classifications.map((value) => ({ value, label: t.classifications[value] }))}
        onValue={(value) => desk.edit({ classification: value as PlanDraft['classification'] })}
      />
      <Select
        action="plan.chairPoint"
        label={g.chair}
        value={plan.chairPoint}
        options={plan.points.map(({ id, name }) => ({ value: id, label: local(name) }))}
        onValue={(chairPoint) => desk.edit({ chairPoint, points: led(plan, chairPoint) })}
      />
      <TextField
        action="plan.series"
        label={g.series}
        hint={g.seriesHint}
        maxLength={64}
        value={plan.series ?? ''}
        onValue={(series) => desk.edit({ series: series === '' ? null : series })}
      />
      <TextField
        action="plan.quorum"
        label={g.quorum}
        hint={g.quorumHint}
        type="number"
        min={1}
        max={plan.points.length - 1}
        value={plan.quorum === null ? '' : String(plan.quorum)}
        onValue={(quorum) => desk.edit({ quorum: quorum === '' ? null : Number(quorum) })}
      />
    </div>
  );
}

/** The chair point stands at 0, and the former one in the place that it leaves. */
function led({ points, chairPoint }: PlanDraft, next: string): PlanDraft['points'] {
  const place = points.find(({ id }) => id === next)?.order ?? 0;
  return points
    .map((point) => {
      if (point.id === next) return { ...point, order: 0 };
      return point.id === chairPoint ? { ...point, order: place } : point;
    })
    .sort((a, b) => a.order - b.order);
}
