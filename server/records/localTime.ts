import type { Instant } from '../domain/ids.ts';

/** An instant as a clock on the wall of a time zone shows it. Months from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

/** @throws RangeError when there is no such time zone. */
export function wallTime(at: Instant, timeZone: string): WallTime {
  const parts = formatOf(timeZone).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  return {
    year: of('year'),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
  };
}

/**
 * The wall's time as if it were UTC, with its milliseconds: what a spreadsheet, which knows no time
 * zones, is to show.
 */
export function wallDate(at: Instant, timeZone: string): Date {
  const { year, month, day, hour, minute, second } = wallTime(at, timeZone);
  const ms = ((at % 1_000) + 1_000) % 1_000;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms));
}

/** ISO 8601 date (`2019-06-03`) of an instant in a time zone. */
export const localDate = (at: Instant, timeZone: string): string =>
  wallDate(at, timeZone).toISOString().slice(0, 10);

/** The instant at which a date begins in a time zone. `date`: ISO 8601. */
export function startOfDate(date: string, timeZone: string): Instant {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // The offset is asked for twice, since the first guess may lie across a change of it.
  const offsetAt = (at: Instant) => wallDate(at, timeZone).getTime() - at;
  const guess = midnight - offsetAt(midnight);
  return midnight - offsetAt(guess);
}
