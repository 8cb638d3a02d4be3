import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { steady } from './steady.ts';

interface Guards {
  readonly onPointerMove: () => void;
  readonly onPointerLeave: () => void;
  readonly onFocusIn: (event: FocusEvent) => void;
  readonly onFocusOut: (event: FocusEvent & { readonly currentTarget: Element }) => void;
}

interface Steady {
  readonly order: readonly string[];
  /** For the list's element: freezes the order while a pointer or the keyboard is on it. */
  readonly guards: Guards;
  /** After a command of one's own, its effect is to be seen at once. */
  readonly thaw: () => void;
}

/** `steady` over time, for one list. */
export function useSteady(actual: readonly string[]): Steady {
  const frozen = useSignal<readonly string[] | null>(null);
  const on = useRef({ pointer: false, keyboard: false });
  const order = frozen.value === null ? actual : steady(frozen.value, actual);
  const set = (by: 'pointer' | 'keyboard', is: boolean) => {
    on.current[by] = is;
    if (is) frozen.value ??= actual;
    else if (!on.current.pointer && !on.current.keyboard) frozen.value = null;
  };
  return {
    order,
    guards: {
      onPointerMove: () => set('pointer', true),
      onPointerLeave: () => set('pointer', false),
      // A press of the pointer focuses too, and stays focused long after the pointer has gone.
      onFocusIn: ({ target }) =>
        set('keyboard', target instanceof Element && target.matches(':focus-visible')),
      onFocusOut: ({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) set('keyboard', false);
      },
    },
    thaw: () => {
      frozen.value = null;
    },
  };
}
