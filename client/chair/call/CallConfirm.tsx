import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Seat } from '../../../server/domain/roster.ts';
import { local, text } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';

interface CallConfirmProps {
  /** Whose turn ends; nobody's any more, when that has ended meanwhile. */
  readonly ends: Seat | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Whose turn ends, before it does. Enter says yes. */
export function CallConfirm({ ends, onConfirm, onClose }: CallConfirmProps) {
  const ref = useRef<HTMLDivElement>(null);
  const t = text.value.chair;
  useLayoutEffect(() => {
    const answers = ref.current;
    answers?.querySelector<HTMLElement>('[data-action="dialog.confirm"]')?.focus();
    // The Enter that asked, held down, is no answer.
    answers?.addEventListener('keydown', (event) => event.repeat && event.preventDefault());
  }, []);
  return (
    <div ref={ref}>
      <p class="soft">{ends ? t.call.ends(local(ends.name)) : t.nobodySpeaks}</p>
      <div class="answers">
        <Button action="dialog.cancel" onPress={onClose}>
          {text.value.dialog.cancel}
        </Button>
        <Button action="dialog.confirm" look="accent" onPress={onConfirm}>
          {t.grant}
        </Button>
      </div>
    </div>
  );
}
