import { computed, signal } from '@preact/signals';
import type { Instant } from '../../server/domain/ids.ts';
import { language } from './language.ts';

const locales = { vi: 'vi-VN', en: 'en-GB' } as const;

/** The briefing's own IANA time zone; undefined until it is known: the machine's. */
export const timeZone = signal<string | undefined>(undefined);

const formatter = (options: Intl.DateTimeFormatOptions, zone = timeZone) =>
  computed(() => {
    const inZone = zone.value === undefined ? {} : { timeZone: zone.value };
    return new Intl.DateTimeFormat(locales[language.value], { ...options, ...inZone });
  });

const withSeconds = formatter({
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const toTheMinute = formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const wholeDay = formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
/** For times that are written as local ones: read as UTC and shown as UTC, they stay as written. */
const asWritten = formatter(
  {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  signal('UTC'),
);

export const clockTime = (at: Instant): string => withSeconds.value.format(at);
export const minuteTime = (at: Instant): string => toTheMinute.value.format(at);
export const longDate = (at: Instant): string => wholeDay.value.format(at);

/** An invitation's local date and time (ISO 8601): the hour that it names, wherever it is read. */
export function invitationTime(iso: string): string {
  const at = Date.parse(`${iso.slice(0, 'yyyy-mm-ddThh:mm'.length)}Z`);
  return Number.isNaN(at) ? iso : asWritten.value.format(at);
}

/** A stretch of time as `m:ss`, or `h:mm:ss` from an hour on. Never negative. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const tail = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}
