import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

interface ButtonProps {
  /** Stable name for tests and for keyboard hints, as in `floor.request`. */
  readonly action: string;
  readonly icon?: IconName | undefined;
  readonly look?: 'plain' | 'accent' | 'alarm' | 'quiet' | undefined;
  /** Small in dense lists, large under a finger. */
  readonly size?: 'small' | 'medium' | 'large' | undefined;
  /** What it does, when it shows only an icon, or when the shown text is not enough. */
  readonly label?: string | undefined;
  /** For a button that stays down: whether it is. */
  readonly pressed?: boolean | undefined;
  /** For a button that shows or hides something: whether that is shown. */
  readonly expanded?: boolean | undefined;
  /** Why it cannot be used now; it stays reachable, so that the reason can be read. */
  readonly refused?: string | null | undefined;
  readonly onPress: () => unknown;
  readonly children?: ComponentChildren;
}

/** A button that is busy until what it started is done, and says why when it may not be pressed. */
export function Button(props: ButtonProps) {
  const { action, icon, look = 'plain', size, label, pressed, expanded, refused, onPress } = props;
  const busy = useSignal(false);
  const named = label !== undefined && names(label, props.children);
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
      data-size={size}
      data-square={props.children === undefined ? '' : undefined}
      aria-label={named ? label : undefined}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-disabled={refused ? 'true' : undefined}
      aria-busy={busy.value ? 'true' : undefined}
      title={refused ?? label}
      onClick={() => void press()}
    >
      {icon && <Icon name={icon} />}
      {props.children}
    </button>
  );
}

/**
 * Whether a label can be the button's name: what is shown must be a part of it, so that a person can
 * say what they read (WCAG 2.2, 2.5.3). Where it cannot, it describes the button, as its title.
 */
function names(label: string, shown: ComponentChildren): boolean {
  if (shown === undefined) return true;
  return typeof shown === 'string' && label.toLowerCase().includes(shown.toLowerCase());
}
