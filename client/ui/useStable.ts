import { useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { sharing } from '../link/sharing.ts';

/**
 * What `read` finds in signals, as the same object for as long as it says the same: a part of a long
 * list is drawn again only when there is something else to show in it. `read` is to depend on
 * nothing but signals and what a part keeps for its life. Only for plain data.
 */
export function useStable<T>(read: () => T): T {
  const known = useRef<T | null>(null);
  return useComputed(() => {
    const is = sharing(known.current, read());
    known.current = is;
    return is;
  }).value;
}
