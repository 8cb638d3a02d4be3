import { percent } from '../../i18n/format.ts';
import { text } from '../../i18n/language.ts';
import type { Trouble } from './troubles.ts';

/** What is wrong, in words that the chair can read out. */
export function troubleWords(trouble: Trouble): string {
  const t = text.value;
  switch (trouble.is) {
    case 'lost':
      return t.seat.lost;
    case 'camera':
      return t.device.camera[trouble.why];
    case 'microphone':
      return t.device.microphone[trouble.why];
    case 'dark':
    case 'noPicture':
      return t.chair.trouble[trouble.is];
    case 'loss':
      return t.chair.trouble.loss(percent(trouble.share));
    case 'delay':
      return t.chair.trouble.delay(Math.round(trouble.ms));
  }
}

/** The same in two or three words, for a row. */
export function shortTrouble(trouble: Trouble): string {
  const t = text.value.chair.troubleShort;
  return trouble.is === 'loss' ? t.loss(percent(trouble.share)) : t[trouble.is];
}
