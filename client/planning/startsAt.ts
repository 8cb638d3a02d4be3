/** The date and time that a form shows, from an invitation's (ISO 8601 with an offset). */
export const wallTime = (startsAt: string): string => startsAt.slice(0, 'yyyy-mm-ddThh:mm'.length);

/**
 * An invitation's start, from the local date and time that a form gives, with the offset that holds
 * in the zone at that time. Empty where the form has no whole date and time.
 */
export function startsAtOf(wall: string, timeZone: string): string {
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return '';
  // The offset at the same figures in UTC is off by a change of clocks at most: once more from there.
  const first = asUtc - minutesOf(offsetAt(asUtc, timeZone)) * 60_000;
  return `${wall}:00${offsetAt(first, timeZone)}`;
}

function offsetAt(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = parts.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return /[+-]\d\d:\d\d/.exec(name)?.[0] ?? '+00:00';
}

function minutesOf(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
