import { computed } from '@preact/signals';
import type { LocalText } from '../../server/domain/roster.ts';
import { machineChoice } from '../ui/machineChoice.ts';
import { en } from './en.ts';
import { refusals } from './refusals.ts';
import { type Text, vi } from './vi.ts';

export type Language = 'vi' | 'en';
const texts: Record<Language, Text> = { vi, en };

/** `?lang=` wins, then what was chosen last on this machine, then Vietnamese. */
const choice = machineChoice<Language>('diemcau.language', { name: 'lang', among: ['vi', 'en'] });

export const language = choice.value;
export const text = computed<Text>(() => texts[language.value]);
export const refusalText = computed(() => refusals[language.value]);

/** A name or title in the language of the page. */
export const local = (name: LocalText): string => name[language.value];

export const switchLanguage = (): void => choice.choose(language.value === 'vi' ? 'en' : 'vi');
