import { type ReadonlySignal, signal, useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { SeatId } from '../../../server/domain/ids.ts';
import type { Arrangement } from './arrange.ts';
import { type Held, heldNothing, hold, longestHold } from './held.ts';

/** `hold` over time: follows the target, the pictures that arrive, and the clock. */
export function useHeld(
  target: ReadonlySignal<Arrangement>,
  ready: (seat: SeatId, source: 'camera' | 'presentation') => boolean,
): ReadonlySignal<Held> {
  const held = useMemo(() => signal<Held>(heldNothing), []);
  const overdue = useMemo(() => signal(0), []);
  useSignalEffect(() => {
    overdue.value;
    const now = performance.now();
    const next = hold({ held: held.peek(), target: target.value, ready, now });
    held.value = next;
    if (next.since === null) return;
    const timer = setTimeout(() => overdue.value++, next.since + longestHold - now + 1);
    return () => clearTimeout(timer);
  });
  return held;
}
