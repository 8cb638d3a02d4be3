import { signal } from '@preact/signals';

/** What a site presses to ask for the floor beside the button on the screen. */
export interface Binding {
  /** The key's place on the keyboard (UI Events, `code`): it stays when the language of typing changes. */
  readonly code: string;
  /** What stands on the key. */
  readonly name: string;
  /** Which button of a gamepad, from 0. Foot switches show themselves as the one or the other. */
  readonly button: number;
}

const usual: Binding = { code: 'F2', name: 'F2', button: 0 };
/** Says "understood" to a message, "received" to a task. */
export const acknowledgeKey = 'F4';
/** Asks to reply to the present speaker. */
export const replyKey = 'F3';
/** The keys of each option of a vote, in their order: a keyboard's row of figures and its pad. */
export const optionKeys = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`Digit${n}`, `Numpad${n}`]);
const storageKey = 'diemcau.kiosk.key';

/** Keys that move about the page, belong to the browser or have their meaning here already. */
const taken = new Set([
  acknowledgeKey,
  replyKey,
  ...optionKeys.flat(),
  ...[
    'Space',
    'Enter',
    'NumpadEnter',
    'Tab',
    'Escape',
    'F5',
    'F11',
    'F12',
    'CapsLock',
    'NumLock',
    'ContextMenu',
  ],
  ...['ShiftLeft', 'ShiftRight', 'ControlLeft', 'ControlRight', 'AltLeft', 'AltRight'],
  ...['MetaLeft', 'MetaRight', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', ''],
]);

export const mayBind = (code: string): boolean => !taken.has(code);

/** What the key says to people, from what it types. */
export const keyName = (key: string, code: string): string =>
  key.trim().length === 1 ? key.toUpperCase() : key.trim() === '' ? code : key;

export function parseBinding(stored: string | null): Binding {
  try {
    const { code, name, button } = JSON.parse(stored ?? '{}') ?? {};
    return {
      ...(typeof code === 'string' && typeof name === 'string' && mayBind(code)
        ? { code, name }
        : { code: usual.code, name: usual.name }),
      button: Number.isInteger(button) && button >= 0 ? button : usual.button,
    };
  } catch {
    return usual;
  }
}

export const binding = signal<Binding>(parseBinding(recalled()));

export function bind(change: Partial<Binding>): void {
  binding.value = { ...binding.peek(), ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(binding.peek()));
  } catch {
    // Without storage it holds as long as the page.
  }
}

function recalled(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
