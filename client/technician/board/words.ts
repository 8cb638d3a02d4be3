import { bitrate, clockTime, finePercent, milliseconds } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import type { Tone } from '../../ui/Badge.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import type { Reason, Standing } from './standing.ts';

/** What is not measured. */
export const nothing = '–';

export const toneOf: Record<Standing, Exclude<Tone, 'onAir'>> = {
  lost: 'alarm',
  device: 'alarm',
  picture: 'alarm',
  unmeasured: 'caution',
  bad: 'alarm',
  fair: 'caution',
  good: 'plain',
  expected: 'plain',
  excused: 'plain',
};

export const iconOf: Record<Standing, IconName> = {
  lost: 'offline',
  device: 'unplugged',
  picture: 'cameraOff',
  unmeasured: 'help',
  bad: 'lineOff',
  fair: 'line',
  good: 'online',
  expected: 'absent',
  excused: 'excused',
};

export function reasonWords(reason: Reason): string {
  const t = text.value.technician.reason;
  switch (reason.is) {
    case 'camera':
    case 'microphone':
      return t[reason.is](text.value.device.short[reason.why]);
    case 'unmeasured':
      return t.unmeasured(clockTime(reason.since));
    case 'lossUp':
    case 'lossDown':
      return t[reason.is](finePercent(reason.share));
    case 'delay':
      return t.delay(milliseconds(reason.ms));
    default:
      return t[reason.is];
  }
}

export const msWords = (ms: number | null | undefined): string =>
  ms === null || ms === undefined ? nothing : milliseconds(ms);

export const shareWords = (share: number | null | undefined): string =>
  share === null || share === undefined ? nothing : finePercent(share);

export const rateWords = (bits: number | null | undefined): string =>
  bits === null || bits === undefined ? nothing : bitrate(bits);
