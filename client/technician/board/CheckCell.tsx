import type { LineCheck, LineVerdict } from '../../../server/domain/lineCheck.ts';
import { clockTime } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import { Standing, type Tone } from '../../ui/Badge.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { nothing } from './words.ts';

const looks: Record<LineVerdict, { icon: IconName; tone: Exclude<Tone, 'onAir'> }> = {
  good: { icon: 'check', tone: 'plain' },
  poor: { icon: 'info', tone: 'caution' },
  failed: { icon: 'cross', tone: 'alarm' },
};

/** What the line check before the briefing found; why, on pointing. */
export function CheckCell({ check }: { readonly check: LineCheck | undefined }) {
  if (!check) return <span class="soft">{nothing}</span>;
  const { icon, tone } = looks[check.verdict];
  return (
    <span title={checkWords(check)}>
      <Standing icon={icon} tone={tone}>
        {text.value.technician.check.verdict[check.verdict]}
      </Standing>
    </span>
  );
}

/** When a line was checked, and what was found. */
export function checkWords({ at, verdict, faults }: LineCheck): string {
  const t = text.value.technician.check;
  const found = faults.length === 0 ? [t.verdict[verdict]] : faults.map((fault) => t.fault[fault]);
  return [clockTime(at), ...found].join(' · ');
}
