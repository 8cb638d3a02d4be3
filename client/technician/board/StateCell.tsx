import type { Seat } from '../../../server/domain/roster.ts';
import type { SiteMeasure } from '../../../server/protocol/wire.ts';
import { clockTime } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Standing } from '../../ui/Badge.tsx';
import type { Stand } from './standing.ts';
import { iconOf, reasonWords, toneOf } from './words.ts';

interface StateCellProps {
  readonly seat: Seat;
  readonly stand: Stand;
  readonly last: SiteMeasure | undefined;
}

/** How a site stands, why, and since when nothing about it has changed. */
export function StateCell({ seat, stand, last }: StateCellProps) {
  const t = text.value.technician;
  const reasons = stand.reasons.map(reasonWords);
  const since = Math.max(seat.since, last?.since ?? 0);
  const came = seat.firstJoinedAt !== null;
  return (
    <td data-column="state" title={reasons.join(' · ')}>
      <Standing tone={toneOf[stand.standing]} icon={iconOf[stand.standing]}>
        {reasons[0] ?? t.standing[stand.standing]}
        {reasons.length > 1 && <span class="soft"> +{reasons.length - 1}</span>}
      </Standing>
      {came && <small>{t.since(clockTime(since))}</small>}
    </td>
  );
}
