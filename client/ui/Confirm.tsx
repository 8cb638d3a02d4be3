import { text } from '../i18n/language.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

interface ConfirmProps {
  /** The question. */
  readonly title: string;
  /** What will happen, in a sentence or in several. */
  readonly detail: string | readonly string[];
  /** The act by its own name, never just "OK". */
  readonly confirm: string;
  readonly look?: 'accent' | 'alarm' | undefined;
  readonly onConfirm: () => unknown;
  readonly onClose: () => void;
}

/** Asks before something that interrupts people, and says what it will do to them. */
export function Confirm({ title, detail, confirm, look = 'accent', ...does }: ConfirmProps) {
  const lines = typeof detail === 'string' ? [detail] : detail;
  return (
    <Dialog title={title} onClose={does.onClose}>
      {lines.map((line) => (
        <p class="soft" key={line}>
          {line}
        </p>
      ))}
      <div class="answers">
        <Button action="dialog.cancel" onPress={does.onClose}>
          {text.value.dialog.cancel}
        </Button>
        <Button
          action="dialog.confirm"
          look={look}
          onPress={async () => {
            does.onClose();
            await does.onConfirm();
          }}
        >
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
