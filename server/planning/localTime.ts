/** Local times of a briefing: people write a date, an hour and a place; a plan says one instant. */

export interface LocalStart {
  /** ISO 8601 date. */
  readonly date: string;
  /** Hours and minutes, 24 h, as in 14:00. */
  readonly time: string;
}

/** What clocks in a time zone show at an instant. */
export function localStart(instant: number, timeZone: string): LocalStart {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return {
    date: `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`,
    time: `${of('hour')}:${of('minute')}`,
  };
}

/**
 * The instant at which clocks in a time zone show this, as ISO 8601 with that place's offset. In
 * the hour that a change of clocks skips, the instant an hour later.
 */
export function startsAt({ date, time }: LocalStart, timeZone: string): string {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  // An offset found for a nearby instant may be that of the other side of a change of clocks.
  const first = offsetMinutes(wanted, timeZone);
  const offset = offsetMinutes(wanted - first * 60_000, timeZone);
  return `${date}T${time}:00${offsetText(offset)}`;
}

function offsetMinutes(instant: number, timeZone: string): number {
  const { date, time } = localStart(instant, timeZone);
  const shown = Date.parse(`${date}T${time}:00Z`);
  return Math.round((shown - Math.floor(instant / 60_000) * 60_000) / 60_000);
}

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}
