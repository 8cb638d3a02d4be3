import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { text } from '../i18n/language.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import './form.css';

interface FormDialogProps {
  readonly title: string;
  /** The act by its own name. */
  readonly save: string;
  /** What is missing or wrong as it stands; null when it may be saved. */
  readonly refused: string | null;
  /** Null when it was done; else why not, in words. */
  readonly onSave: () => Promise<string | null>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A sheet to fill in. Enter in a line saves it; what the server refuses stays, to be mended. */
export function FormDialog({ title, save, refused, onSave, onClose, children }: FormDialogProps) {
  const form = useRef<HTMLDivElement>(null);
  const why = useSignal<string | null>(null);
  const busy = useSignal(false);
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>('.field, .segment[aria-pressed="true"]')?.focus();
  }, []);
  const run = async () => {
    if (refused !== null || busy.value) return;
    busy.value = true;
    why.value = await onSave();
    busy.value = false;
    if (why.value === null) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in one of its fields is not a press on it. */}
      <div
        class="form"
        ref={form}
        onKeyDown={(event) => {
          // An accent that is still being composed ends with Enter too.
          if (event.key !== 'Enter' || event.isComposing || event.repeat) return;
          if (!(event.target instanceof HTMLInputElement)) return;
          event.preventDefault();
          void run();
        }}
      >
        {children}
      </div>
      <div class="answers">
        <p class="small soft" role="status" data-wrong={why.value === null ? undefined : ''}>
          {why.value ?? refused}
        </p>
        <Button action="dialog.cancel" onPress={onClose}>
          {text.value.dialog.cancel}
        </Button>
        <Button action="dialog.confirm" look="accent" refused={refused} onPress={run}>
          {save}
        </Button>
      </div>
    </Dialog>
  );
}
