import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { RequestId } from '../../../server/domain/ids.ts';
import { gapAt } from './dropPosition.ts';

interface Drag {
  readonly id: RequestId;
  /** Before which row it would be let go. */
  readonly gap: number;
  /** How far the pointer has carried it, in pixels. */
  readonly by: number;
}

interface Reorder {
  readonly drag: Signal<Drag | null>;
  /** Takes a row up; further movement is followed on its own. */
  readonly take: (event: PointerEvent, id: RequestId) => void;
}

interface ReorderOptions {
  readonly list: RefObject<HTMLElement | null>;
  readonly onDrop: (id: RequestId, gap: number) => void;
}

/** Less than this is a press with an unsteady hand, in pixels. */
const takesUp = 4;
/** So near to an edge the list scrolls by itself, in pixels, and so far in one frame. */
const edge = 36;
const scrollStep = 7;

/** Dragging a row by mouse, pen or finger; Escape puts it back. */
export function useReorder({ list, onDrop }: ReorderOptions): Reorder {
  const drag = useSignal<Drag | null>(null);
  const end = useRef<(() => void) | null>(null);
  const drop = useRef(onDrop);
  drop.current = onDrop;
  useEffect(() => () => end.current?.(), []);

  const take = (start: PointerEvent, id: RequestId) => {
    const within = list.current;
    if (!within || start.button !== 0) return;
    end.current?.();
    start.preventDefault();
    const from = start.clientY + within.scrollTop;
    let y = start.clientY;
    let frame = 0;
    const follow = () => {
      const box = within.getBoundingClientRect();
      const by = y + within.scrollTop - from;
      if (!drag.peek() && Math.abs(by) < takesUp) return;
      const rows = [...within.querySelectorAll<HTMLElement>('[data-row]')].map((row) => ({
        top: row.offsetTop,
        height: row.offsetHeight,
      }));
      drag.value = { id, by, gap: gapAt(y - box.top + within.scrollTop, rows) };
      const towards = y < box.top + edge ? -1 : y > box.bottom - edge ? 1 : 0;
      const before = within.scrollTop;
      within.scrollTop += towards * scrollStep;
      cancelAnimationFrame(frame);
      if (within.scrollTop !== before) frame = requestAnimationFrame(follow);
    };
    const stop = () => {
      cancelAnimationFrame(frame);
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', stop);
      removeEventListener('keydown', key, true);
      drag.value = null;
      end.current = null;
    };
    const move = (event: PointerEvent) => {
      if (event.pointerId !== start.pointerId) return;
      y = event.clientY;
      follow();
    };
    const up = (event: PointerEvent) => {
      if (event.pointerId !== start.pointerId) return;
      const dropped = drag.peek();
      stop();
      if (dropped) drop.current(id, dropped.gap);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      stop();
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', stop);
    addEventListener('keydown', key, true);
    end.current = stop;
  };
  return { drag, take };
}
