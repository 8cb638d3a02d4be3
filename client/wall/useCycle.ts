import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SeatId } from '../../server/domain/ids.ts';
import { useSurface } from '../ui/useSurface.ts';
import type { WallAddress } from './address.ts';
import { cycleFrom } from './cycle.ts';

/** The cyclic view: one large place that goes from site to site. */
export interface Cycle {
  /** Who is in the large place; null where nobody of this display is connected. */
  readonly at: ReadonlySignal<SeatId | null>;
  /** It goes on by itself; else it stays until somebody steps or starts it. */
  readonly running: ReadonlySignal<boolean>;
  /** When the present site came up, by the page's clock in milliseconds: the bar begins anew. */
  readonly since: ReadonlySignal<number>;
  readonly step: (by: 1 | -1) => void;
  readonly run: (running: boolean) => void;
}

interface CycleOf {
  readonly address: ReadonlySignal<WallAddress>;
  readonly seats: ReadonlySignal<readonly SeatId[]>;
}

export function useCycle({ address, seats }: CycleOf): Cycle {
  const { link } = useSurface();
  const running = useSignal(true);
  const chosen = useSignal<SeatId | null>(null);
  const since = useSignal(performance.now());
  const shows = (seat: SeatId) => link.state.value?.seats[seat]?.status === 'connected';
  // Who has left gives way at once; the others are waited for.
  const at = useComputed(() => {
    if (address.value.cycle === null) return null;
    const seat = chosen.value;
    if (seat !== null && shows(seat) && seats.value.includes(seat)) return seat;
    return cycleFrom({ order: seats.value, shows, at: seat, by: 1 });
  });
  const step = (by: 1 | -1) => {
    chosen.value = cycleFrom({ order: seats.peek(), shows, at: at.peek(), by });
    since.value = performance.now();
  };
  const seconds = address.value.cycle;
  const goes = running.value && seconds !== null;
  const begun = since.value;
  useEffect(() => {
    if (!goes || seconds === null) return;
    const timer = setTimeout(() => step(1), seconds * 1_000);
    return () => clearTimeout(timer);
  }, [goes, seconds, begun]);
  const run = (now: boolean) => {
    running.value = now;
    since.value = performance.now();
  };
  return { at, running, since, step, run };
}
