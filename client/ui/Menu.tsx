import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon, type IconName } from './Icon.tsx';
import { stepFocus } from './stepFocus.ts';

export interface MenuItem {
  /** Stable name for tests, as in `seat.mute`. */
  readonly action: string;
  readonly label: string;
  readonly icon?: IconName | undefined;
  /** A second, softer line: what it does, or the key that does the same. */
  readonly hint?: string | undefined;
  readonly tone?: 'plain' | 'alarm' | undefined;
  /** For a choice: whether it is the chosen one. */
  readonly checked?: boolean | undefined;
  /** Why it cannot be used now; shown in the hint's place. */
  readonly refused?: string | null | undefined;
  readonly onPress: () => unknown;
}

export type MenuParts = readonly (readonly MenuItem[])[];

interface MenuProps {
  readonly action: string;
  /** What the menu is about, for those who do not see where it hangs. */
  readonly label: string;
  /** Each part apart from the next by a line. A function is asked while the list is open. */
  readonly parts: MenuParts | (() => MenuParts);
  readonly icon?: IconName | undefined;
  readonly look?: 'plain' | 'quiet' | undefined;
  readonly size?: 'small' | 'medium' | undefined;
  /** Which edge of the button it keeps to; it turns where there is no room. */
  readonly align?: 'start' | 'end' | undefined;
  /** Words at the head of the list, such as the name of the point. */
  readonly title?: string | (() => string) | undefined;
  readonly children?: ComponentChildren;
}

/**
 * A button with a list of acts: arrows, Home, End and the first letter move in it, Escape and a
 * press outside close it. It lies over everything, whatever scrolls or cuts off around its button.
 */
export function Menu(props: MenuProps) {
  const { action, label, icon = 'more', look = 'quiet', size, children } = props;
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        type="button"
        class="button"
        ref={button}
        data-action={action}
        data-look={look}
        data-size={size}
        data-square={children === undefined ? '' : undefined}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open.value}
        title={label}
        onClick={() => {
          open.value = !open.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          open.value = true;
        }}
      >
        <Icon name={icon} />
        {children}
      </button>
      {open.value && button.current && (
        <List
          {...props}
          button={button.current}
          onClose={() => {
            open.value = false;
          }}
        />
      )}
    </>
  );
}

interface ListProps extends MenuProps {
  readonly button: HTMLButtonElement;
  readonly onClose: () => void;
}

function List({ label, parts, title, align = 'end', button, onClose }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  /** The focus goes back first: with the list gone there would be nowhere to take it from. */
  const leave = () => {
    button.focus();
    onClose();
  };
  useEffect(() => {
    const popup = list.current;
    // Told which button it belongs to, the browser keeps it beside that button.
    popup?.showPopover({ source: button });
    popup?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
  }, [button]);
  return (
    <div
      class="menu"
      popover="manual"
      role="menu"
      aria-label={label}
      data-align={align}
      ref={list}
      onKeyDown={(event) => {
        // A page's own keys (G, M …) must not act from inside a list.
        event.stopPropagation();
        if (event.key === 'Escape' || event.key === 'Tab') {
          // Tab goes on from the button; Escape ends there.
          if (event.key === 'Escape') event.preventDefault();
          leave();
          return;
        }
        stepFocus(event, '[role^="menuitem"]');
      }}
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        // A press on the button itself closes by the button's own doing.
        if (to instanceof Node && (event.currentTarget.contains(to) || button.contains(to))) return;
        onClose();
      }}
    >
      {title && <p class="menu-title">{typeof title === 'function' ? title() : title}</p>}
      {(typeof parts === 'function' ? parts() : parts)
        .filter((part) => part.length > 0)
        .map((part, index) => (
          <>
            {index > 0 && <hr class="menu-line" key={`${id}${index}`} />}
            {part.map((item) => (
              <Item key={item.action + item.label} item={item} onClose={leave} />
            ))}
          </>
        ))}
    </div>
  );
}

function Item({ item, onClose }: { readonly item: MenuItem; readonly onClose: () => void }) {
  const { action, label, icon, hint, tone, checked, refused, onPress } = item;
  const second = refused ?? hint;
  const shown = checked ? 'check' : icon;
  return (
    <button
      type="button"
      class="menu-item"
      {...(checked === undefined
        ? { role: 'menuitem' }
        : { role: 'menuitemradio', 'aria-checked': checked })}
      tabIndex={-1}
      data-action={action}
      data-tone={tone}
      aria-disabled={refused ? 'true' : undefined}
      onPointerEnter={(event) => event.currentTarget.focus()}
      onClick={() => {
        if (refused) return;
        onClose();
        onPress();
      }}
    >
      {shown && <Icon name={shown} />}
      <span class="words">
        <span>{label}</span>
        {second && <span class="small soft">{second}</span>}
      </span>
    </button>
  );
}
