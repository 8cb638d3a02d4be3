import { computed, signal } from '@preact/signals';
import type { LocalText } from '../../server/domain/roster.ts';
import { en } from './en.ts';
import { refusals } from './refusals.ts';
import { type Text, vi } from './vi.ts';

export type Language = 'vi' | 'en';
const texts: Record<Language, Text> = { vi, en };
const storageKey = 'diemcau.language';

const isLanguage = (value: unknown): value is Language => value === 'vi' || value === 'en';

/** `?lang=` wins, then what was chosen last on this machine, then Vietnamese. */
export function chooseLanguage(search: string, remembered: string | null): Language {
  const asked = new URLSearchParams(search).get('lang');
  if (isLanguage(asked)) return asked;
  return isLanguage(remembered) ? remembered : 'vi';
}

/** Storage can be switched off in a kiosk; then the choice lasts as long as the page. */
function remembered(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

export const language = signal<Language>(
  typeof location === 'undefined' ? 'vi' : chooseLanguage(location.search, remembered()),
);
export const text = computed<Text>(() => texts[language.value]);
export const refusalText = computed(() => refusals[language.value]);

/** A name or title in the language of the page. */
export const local = (name: LocalText): string => name[language.value];

export function switchLanguage(): void {
  language.value = language.value === 'vi' ? 'en' : 'vi';
  try {
    localStorage.setItem(storageKey, language.value);
  } catch {
    // The choice still holds until the page is closed.
  }
  // The choice is newer than a `?lang=` in the address; the fragment (the pass) stays.
  history.replaceState(null, '', location.pathname + location.hash);
}
