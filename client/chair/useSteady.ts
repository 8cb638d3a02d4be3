import { useSignal } from '@preact/signals';
import { steady } from './steady.ts';

interface Steady {
  readonly order: readonly string[];
  /** For the list's element: freezes the order while a pointer is on it. */
  readonly guards: { readonly onPointerMove: () => void; readonly onPointerLeave: () => void };
  /** After a command of one's own, its effect is to be seen at once. */
  readonly thaw: () => void;
}

/** `steady` over time, for one list. */
export function useSteady(actual: readonly string[]): Steady {
  const frozen = useSignal<readonly string[] | null>(null);
  const order = frozen.value === null ? actual : steady(frozen.value, actual);
  return {
    order,
    guards: {
      onPointerMove: () => {
        frozen.value ??= actual;
      },
      onPointerLeave: () => {
        frozen.value = null;
      },
    },
    thaw: () => {
      frozen.value = null;
    },
  };
}
