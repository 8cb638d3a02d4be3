import type { RefObject } from 'preact';
import { useRows } from './useRows.ts';
import { useSteady } from './useSteady.ts';

interface SteadyRows<E extends HTMLElement> {
  readonly order: readonly string[];
  readonly thaw: () => void;
  readonly ref: RefObject<E | null>;
  /** For the list's element. */
  readonly guards: {
    readonly onPointerMove: () => void;
    readonly onPointerLeave: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onFocusIn: (event: FocusEvent) => void;
    readonly onFocusOut: (event: FocusEvent & { readonly currentTarget: Element }) => void;
  };
}

/** A list in which nothing jumps under the pointer, and which the keyboard walks row by row. */
export function useSteadyRows<E extends HTMLElement>(actual: readonly string[]): SteadyRows<E> {
  const { order, thaw, guards } = useSteady(actual);
  const rows = useRows<E>();
  return {
    order,
    thaw,
    ref: rows.ref,
    guards: {
      onPointerMove: guards.onPointerMove,
      onPointerLeave: guards.onPointerLeave,
      onKeyDown: rows.guards.onKeyDown,
      onFocusIn: (event) => {
        guards.onFocusIn(event);
        rows.guards.onFocusIn(event);
      },
      onFocusOut: (event) => {
        guards.onFocusOut(event);
        rows.guards.onFocusOut();
      },
    },
  };
}
