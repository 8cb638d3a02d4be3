import { useEffect, useRef } from 'preact/hooks';
import { useSurface } from '../ui/useSurface.ts';
import { letterKeys } from './keys.ts';

/** Runs an action by key while nobody types and no dialog is open. Keys as `event.key`, lower case. */
export function useKeys(actions: Readonly<Record<string, () => unknown>>): void {
  const { sound } = useSurface();
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // The key that lets the sound through does nothing else.
      if (sound.blocked.peek() || !letterKeys.peek() || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, select');
      if (typing || document.querySelector('dialog[open]')) return;
      const action = latest.current[event.key.toLowerCase()];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [sound]);
}
