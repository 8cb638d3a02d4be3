import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The window's size in pixels. */
export function useSize(): ReadonlySignal<Size> {
  const size = useSignal<Size>({ width: innerWidth, height: innerHeight });
  useEffect(() => {
    const look = () => {
      size.value = { width: innerWidth, height: innerHeight };
    };
    addEventListener('resize', look);
    return () => removeEventListener('resize', look);
  }, []);
  return size;
}
