import type { LineCheck, LineVerdict } from '../../../server/domain/lineCheck.ts';
import { text } from '../../i18n/language.ts';
import { Standing, type Tone } from '../../ui/Badge.tsx';
import { checkWords } from '../../ui/checkWords.ts';
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
