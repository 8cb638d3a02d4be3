import { signal } from '@preact/signals';
import { refusalText } from '../i18n/language.ts';
import type { CommandOutcome } from '../link/outbox.ts';
import { Icon } from './Icon.tsx';

interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'alarm';
  readonly message: string;
}

const shown = signal<readonly Toast[]>([]);
let last = 0;
/** Long enough to read two lines twice, in milliseconds. */
const readingTime = 6_000;

export function toast(message: string, tone: Toast['tone'] = 'plain'): void {
  const id = ++last;
  // The same words twice at once help nobody.
  shown.value = [...shown.value.filter((t) => t.message !== message), { id, tone, message }];
  setTimeout(() => {
    shown.value = shown.value.filter((t) => t.id !== id);
  }, readingTime);
}

/** Says in words why a command was not done; nothing when it was. */
export function sayOutcome(outcome: CommandOutcome): void {
  if (!outcome.ok) toast(refusalText.value[outcome.refusal], 'alarm');
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.value.map(({ id, tone, message }) => (
        <div class="toast" data-tone={tone} key={id}>
          <Icon name={tone === 'alarm' ? 'offline' : 'check'} />
          <span>{message}</span>
        </div>
      ))}
    </div>
  );
}
