import { useLayoutEffect, useRef } from 'preact/hooks';
import { useSurface } from '../ui/useSurface.ts';
import { type Input, onInput } from './inputs.ts';

/**
 * Presses the button within the returned box whenever `fits` says that an input is meant for it. A
 * button that is busy or refused is not pressed by a foot either.
 */
export function usePress(fits: (input: Input) => boolean) {
  const { sound } = useSurface();
  const box = useRef<HTMLDivElement>(null);
  const now = useRef(fits);
  now.current = fits;
  // With the words that name the key, not a frame after them.
  useLayoutEffect(
    () =>
      onInput((input) => {
        // What lets the sound through is no request to speak, nor is an answer to a question.
        if (sound.blocked.peek() || document.querySelector('dialog[open]')) return false;
        if (!now.current(input)) return false;
        box.current?.querySelector('button')?.click();
        return true;
      }),
    [sound],
  );
  return box;
}
