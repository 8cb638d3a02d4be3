import type { LineCheck } from '../../server/domain/lineCheck.ts';
import { clockTime } from '../i18n/format.ts';
import { text } from '../i18n/language.ts';

/** When a line was checked, and what was found. */
export function checkWords({ at, verdict, faults }: LineCheck): string {
  const t = text.value.technician.check;
  const found = faults.length === 0 ? [t.verdict[verdict]] : faults.map((fault) => t.fault[fault]);
  return [clockTime(at), ...found].join(' · ');
}
