import { signal } from '@preact/signals';

/** Whether the page has the whole screen now. */
export const isFull = signal(
  typeof document !== 'undefined' && document.fullscreenElement !== null,
);
/** A page within a page (a rehearsal's) is nobody's kiosk: the machine is not its own. */
export const isWholePage = (): boolean => window.top === window;
export const mayFill = (): boolean => document.fullscreenEnabled && isWholePage();

export async function toggleFull(): Promise<void> {
  // Some browsers refuse without saying so beforehand; then the button does nothing.
  if (document.fullscreenElement) await document.exitFullscreen().catch(() => undefined);
  else await document.documentElement.requestFullscreen().catch(() => undefined);
}

/**
 * Takes the whole screen at the first tap or key, where the browser wants one and allows it. Once:
 * who leaves full screen has a reason.
 */
export function fillAtFirstGesture(): () => void {
  const gestures = ['pointerup', 'keydown'] as const;
  const fill = (event: Event) => {
    if (event instanceof KeyboardEvent && ['Escape', 'F11', 'Tab'].includes(event.key)) return;
    stop();
    // A kiosk browser has it already.
    if (mayFill() && !isFull.peek() && !matchMedia('(display-mode: fullscreen)').matches) {
      void toggleFull();
    }
  };
  const follow = () => {
    isFull.value = document.fullscreenElement !== null;
  };
  const stop = () => {
    for (const gesture of gestures) removeEventListener(gesture, fill, true);
  };
  for (const gesture of gestures) addEventListener(gesture, fill, true);
  document.addEventListener('fullscreenchange', follow);
  return () => {
    stop();
    document.removeEventListener('fullscreenchange', follow);
  };
}

/** After a lock was refused (an empty battery, a browser of its own mind), in milliseconds. */
const lockAgainAfter = 30_000;

/** Keeps the screen awake for as long as the page is looked at (Screen Wake Lock §6). */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  const take = async () => {
    clearTimeout(again);
    if (over || !navigator.wakeLock || document.visibilityState !== 'visible') return;
    if (lock && !lock.released) return;
    try {
      const taken = await navigator.wakeLock.request('screen');
      if (over) return void taken.release();
      lock = taken;
      // The browser takes it back whenever the page is hidden, and may do so for its own reasons.
      taken.addEventListener('release', () => void take());
    } catch {
      again = setTimeout(() => void take(), lockAgainAfter);
    }
  };
  const onVisible = () => void take();
  document.addEventListener('visibilitychange', onVisible);
  void take();
  return () => {
    over = true;
    clearTimeout(again);
    document.removeEventListener('visibilitychange', onVisible);
    void lock?.release().catch(() => undefined);
  };
}
