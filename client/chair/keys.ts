import { signal } from '@preact/signals';
import { layouts } from '../../server/domain/briefing.ts';
import type { Text } from '../i18n/vi.ts';
import type { KeyGroup } from '../ui/HelpSheet.tsx';

const storageKey = 'diemcau.chair.keys';

function switchedOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

/**
 * Whether single letters do something. Who dictates, or rests a book on the keyboard, can switch
 * them off on this machine (WCAG 2.1.4).
 */
export const letterKeys = signal(switchedOn());

export function switchLetterKeys(): void {
  letterKeys.value = !letterKeys.value;
  try {
    localStorage.setItem(storageKey, letterKeys.value ? 'on' : 'off');
  } catch {
    // It still holds until the page is closed.
  }
}

/** All keys of the console, for its help sheet. */
export function keyGroups({ chair: t }: Text): KeyGroup[] {
  const k = t.keys;
  return [
    {
      title: k.floor,
      keys: [
        { keys: ['G', 'N'], does: k.grantNext },
        { keys: ['/'], does: k.call },
        { keys: ['R'], does: k.revoke },
        { keys: ['T'], does: k.extend },
        { keys: ['Alt', '↑ ↓'], does: k.move },
        { keys: ['Alt', 'Home'], does: k.moveEnds },
      ],
    },
    {
      title: k.room,
      keys: [
        { keys: ['M'], does: k.microphone },
        { keys: ['O'], does: k.muteOthers },
        { keys: layouts.map((_, index) => String(index + 1)), does: k.layouts },
        { keys: ['C'], does: k.message },
        { keys: ['B'], does: k.recess },
      ],
    },
    {
      title: k.lists,
      keys: [
        { keys: ['F'], does: k.search },
        { keys: ['↑ ↓'], does: k.rows },
        { keys: ['Tab'], does: k.controls },
        { keys: ['X'], does: k.backToNext },
        { keys: ['Esc'], does: k.escape },
        { keys: ['?'], does: k.help },
      ],
    },
  ];
}
