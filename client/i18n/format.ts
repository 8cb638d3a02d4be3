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

const asWrittenDate = formatter(
  { day: '2-digit', month: '2-digit', year: 'numeric' },
  signal('UTC'),
);
const asWrittenTime = formatter(
  { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  signal('UTC'),
);
const wholePercent = computed(
  () => new Intl.NumberFormat(locales[language.value], { style: 'percent' }),
);
const tenthsOfPercent = computed(
  () =>
    new Intl.NumberFormat(locales[language.value], { style: 'percent', maximumFractionDigits: 1 }),
);
const inTenths = computed(
  () =>
    new Intl.NumberFormat(locales[language.value], {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }),
);
const conjunction = computed(() => new Intl.ListFormat(locales[language.value]));

/** A calendar date (ISO 8601), as it is written. */
export const plainDate = (date: string): string => asWrittenDate.value.format(Date.parse(date));
export const clockTime = (at: Instant): string => withSeconds.value.format(at);
export const minuteTime = (at: Instant): string => toTheMinute.value.format(at);
export const longDate = (at: Instant): string => wholeDay.value.format(at);

/** The hour of an instant that stands for a written local time: UTC is taken as it is. */
export const writtenTime = (at: Instant): string => asWrittenTime.value.format(at);
/** A part of a whole, 0 … 1, in whole percent. */
export const percent = (share: number): string => wholePercent.value.format(share);
/** A part of a whole, 0 … 1, to a tenth of a percent. */
export const finePercent = (share: number): string => tenthsOfPercent.value.format(share);
/** A count. */
export const whole = (value: number): string => inWhole.value.format(value);
/** Names as a sentence lists them. */
export const listOf = (names: readonly string[]): string => conjunction.value.format(names);

const unit = (of: string, unitDisplay: 'short' | 'long', maximumFractionDigits: number) =>
  computed(() => {
    const options = { style: 'unit', unit: of, unitDisplay, maximumFractionDigits } as const;
    return new Intl.NumberFormat(locales[language.value], options);
  });
const inWhole = computed(
  () => new Intl.NumberFormat(locales[language.value], { maximumFractionDigits: 0 }),
);
const inMegabits = unit('megabit-per-second', 'short', 1);
const inDays = unit('day', 'long', 0);

/** By the SI's own sign: Vietnamese has words for it that no technician writes. */
export const milliseconds = (ms: number): string => `${inWhole.value.format(ms)}\u00a0ms`;
/** Bits per second, in Mb/s. */
export const megabits = (bits: number): string => inMegabits.value.format(bits / 1_000_000);
/** Bits per second by the SI's signs: in Mb/s, or in kb/s below one of them. */
export const bitrate = (bits: number): string =>
  bits >= 1_000_000
    ? `${inTenths.value.format(bits / 1_000_000)}\u00a0Mb/s`
    : `${inWhole.value.format(bits / 1000)}\u00a0kb/s`;
export const days = (count: number): string => inDays.value.format(count);

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
