import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Rows<E extends HTMLElement> {
  readonly ref: RefObject<E | null>;
  readonly guards: {
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onFocusIn: (event: FocusEvent) => void;
    readonly onFocusOut: () => void;
  };
}

const controlsOf = (row: Element): HTMLElement[] => [
  ...row.querySelectorAll<HTMLElement>('button:not([role="menuitem"])'),
];

/**
 * A list of rows (`data-row`) as one stop of the Tab key: the arrows, Home and End go from row to
 * row, Tab through the controls of the row that was reached. A row that moves keeps the focus.
 */
export function useRows<E extends HTMLElement>(): Rows<E> {
  const ref = useRef<E>(null);
  const here = useRef<{ row: string; control: number; focused: boolean } | null>(null);
  const rows = () => [...(ref.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const mark = () => {
    const all = rows();
    const current = all.find((r) => r.dataset.row === here.current?.row) ?? all[0];
    for (const row of all) {
      const index = row === current ? 0 : -1;
      for (const control of controlsOf(row)) {
        // To set it, even to what it is, costs the page a look at its style.
        if (control.tabIndex !== index) control.tabIndex = index;
      }
    }
    return current;
  };
  useLayoutEffect(() => {
    const current = mark();
    // An element that is moved within the page loses the focus; this one is still meant.
    if (!here.current?.focused || document.activeElement !== document.body || !current) return;
    if (current.dataset.row !== here.current.row) return;
    const controls = controlsOf(current);
    (controls[here.current.control] ?? controls[0])?.focus({ preventScroll: true });
  });
  const rowAt = (target: EventTarget | null): HTMLElement | null =>
    target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return {
    ref,
    guards: {
      onKeyDown: (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
        const row = rowAt(event.target);
        if (!row || (event.target as Element).closest('[role="menu"]')) return;
        const all = rows();
        const at = all.indexOf(row);
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
        const next = to === undefined ? undefined : all[to];
        if (to === undefined) return;
        event.preventDefault();
        if (!next) return;
        const control = controlsOf(row).indexOf(event.target as HTMLElement);
        const controls = controlsOf(next);
        (controls[control] ?? controls[0])?.focus();
      },
      onFocusIn: ({ target }) => {
        const row = rowAt(target);
        if (!row) return;
        const control = controlsOf(row).indexOf(target as HTMLElement);
        here.current = { row: row.dataset.row ?? '', control: Math.max(0, control), focused: true };
        mark();
      },
      onFocusOut: () => {
        // A row that is being moved is out of the page at this moment; a person's step is not.
        queueMicrotask(() => {
          const { current } = ref;
          const lost = document.activeElement === document.body;
          if (here.current && !lost && !current?.contains(document.activeElement)) {
            here.current = { ...here.current, focused: false };
          }
        });
      },
    },
  };
}
