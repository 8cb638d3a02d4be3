import { language } from '../i18n/language.ts';

const number = (digits: number, options: Intl.NumberFormatOptions = {}) =>
  new Intl.NumberFormat(language.value === 'vi' ? 'vi-VN' : 'en-GB', {
    maximumFractionDigits: digits,
    ...options,
  });

/** A part of a whole, 0 … 1, as a percentage. */
export const percent = (part: number): string => number(1, { style: 'percent' }).format(part);

/** Bits per second as Mb/s, or as kb/s where that would be less than one. */
export const bitrate = (bits: number): string =>
  bits >= 1_000_000
    ? `${number(1).format(bits / 1_000_000)} Mb/s`
    : `${number(0).format(bits / 1_000)} kb/s`;

/** Milliseconds, whole. */
export const millis = (ms: number): string => `${number(0).format(ms)} ms`;

/** Pictures per second, whole. */
export const perSecond = (rate: number): string => number(0).format(rate);
