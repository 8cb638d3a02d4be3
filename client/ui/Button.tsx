import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

interface ButtonProps {
  /** Stable name for tests and for keyboard hints, as in `floor.request`. */
  readonly action: string;
  readonly icon?: IconName | undefined;
  readonly look?: 'plain' | 'accent' | 'alarm' | 'quiet' | undefined;
  /** What it does, when it shows only an icon, or when the shown text is not enough. */
  readonly label?: string | undefined;
  /** Why it cannot be used now; it stays reachable, so that the reason can be read. */
  readonly refused?: string | null | undefined;
  readonly onPress: () => unknown;
  readonly children?: ComponentChildren;
}

/** A button that is busy until what it started is done, and says why when it may not be pressed. */
export function Button(props: ButtonProps) {
  const { action, icon, look = 'plain', label, refused, onPress, children } = props;
  const busy = useSignal(false);
  const press = async () => {
    if (refused || busy.value) return;
    busy.value = true;
    try {
      await onPress();
    } finally {
      busy.value = false;
    }
  };
  return (
    <button
      type="button"
      class="button"
      data-action={action}
      data-look={look}
      data-square={children === undefined ? '' : undefined}
      aria-label={label}
      aria-disabled={refused ? 'true' : undefined}
      aria-busy={busy.value ? 'true' : undefined}
      title={refused ?? label}
      onClick={() => void press()}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
