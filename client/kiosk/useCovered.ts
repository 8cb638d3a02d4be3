import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** How much of the page's height an element at its foot covers, in percent, as it grows and shrinks. */
export function useCovered(): {
  readonly foot: RefObject<HTMLDivElement | null>;
  readonly covered: ReadonlySignal<number>;
} {
  const foot = useRef<HTMLDivElement>(null);
  const covered = useSignal(10.5);
  useEffect(() => {
    const element = foot.current;
    if (!element) return;
    const measure = () => {
      covered.value = (100 * element.offsetHeight) / Math.max(1, innerHeight);
      // Notices of the whole page keep clear of it; see kiosk.css.
      document.body.style.setProperty('--foot', `${element.offsetHeight}px`);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      removeEventListener('resize', measure);
      document.body.style.removeProperty('--foot');
    };
  }, [covered]);
  return { foot, covered };
}
