import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SeatId } from '../../server/domain/ids.ts';
import type { View } from '../../server/domain/routing.ts';
import { useSurface } from '../ui/useSurface.ts';

/** A page hidden for less than this (another tab, for a glance) keeps its pictures; milliseconds. */
const hiddenFor = 4_000;
const nothingSeen: View = { tiles: [], closer: null };

interface Seen {
  readonly seats: ReadonlySignal<readonly SeatId[]>;
  readonly closer: ReadonlySignal<SeatId | null>;
}

/** Tells the server what this display shows: nothing else is sent to it, and so nothing decoded. */
export function useView({ seats, closer }: Seen): void {
  const { media } = useSurface();
  const hidden = useSignal(document.hidden);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (!document.hidden) hidden.value = false;
      else {
        timer = setTimeout(() => {
          hidden.value = true;
        }, hiddenFor);
      }
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  const view = useComputed<View>(() =>
    hidden.value ? nothingSeen : { tiles: seats.value, closer: closer.value },
  );
  useSignalEffect(() => media.view(view.value));
}
