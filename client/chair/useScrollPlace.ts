import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { isNumber, remembered } from './remembered.ts';

/** A list that comes back scrolled to where it was before a reload. */
export function useScrollPlace(name: string, ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const list = ref.current;
    if (!list) return;
    const top = remembered(`scroll.${name}`, 0, isNumber);
    list.scrollTop = top.value;
    const keep = () => {
      top.value = list.scrollTop;
    };
    list.addEventListener('scroll', keep, { passive: true });
    return () => list.removeEventListener('scroll', keep);
  }, [name, ref]);
}
