import { useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';

/**
 * What `read` finds in signals, as the same object for as long as it says the same: a part of a long
 * list is drawn again only when there is something else to show in it. `read` is to depend on
 * nothing but signals and what a part keeps for its life. Only for plain data.
 */
export function useStable<T>(read: () => T): T {
  const known = useRef<{ readonly words: string; readonly is: T } | null>(null);
  return useComputed(() => {
    const is = read();
    const words = JSON.stringify(is);
    if (known.current?.words !== words) known.current = { words, is };
    return known.current.is;
  }).value;
}
