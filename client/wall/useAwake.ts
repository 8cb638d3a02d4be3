import { useEffect } from 'preact/hooks';

/** How long after the pointer's last move there is still somebody, in milliseconds. */
const staysFor = 4_000;

/**
 * Marks the page's body with whether somebody is at this display: the pointer has moved not long
 * ago. What is only for that person is hidden else, the pointer itself included.
 */
export function useAwake(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const mark = (pointer: 'awake' | 'away') => {
      document.body.dataset.pointer = pointer;
    };
    const wake = () => {
      mark('awake');
      clearTimeout(timer);
      timer = setTimeout(() => mark('away'), staysFor);
    };
    mark('away');
    addEventListener('pointermove', wake);
    addEventListener('pointerdown', wake);
    return () => {
      clearTimeout(timer);
      removeEventListener('pointermove', wake);
      removeEventListener('pointerdown', wake);
    };
  }, []);
}
