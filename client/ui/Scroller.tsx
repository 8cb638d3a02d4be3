import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface ScrollerProps {
  readonly class?: string | undefined;
  readonly children: ComponentChildren;
}

/**
 * A part of the page that scrolls by itself and holds nothing to press: while there is more than is
 * seen, the keyboard can get to it and scroll it (WCAG 2.2, 2.1.1).
 */
export function Scroller({ class: own, children }: ScrollerProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const part = ref.current;
    if (!part) return undefined;
    const look = () => {
      if (part.scrollHeight > part.clientHeight) part.tabIndex = 0;
      else part.removeAttribute('tabindex');
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(part);
    for (const child of part.children) sizes.observe(child);
    look();
    return () => sizes.disconnect();
  }, []);
  return (
    <div class={own} ref={ref}>
      {children}
    </div>
  );
}
