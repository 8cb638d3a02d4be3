/** Something that a person pressed. */
export type Input =
  | {
      readonly by: 'key';
      readonly code: string;
      readonly key: string;
      /** A control has the focus, and takes Space and Enter for itself. */
      readonly onControl: boolean;
    }
  | { readonly by: 'gamepad'; readonly button: number };

/** How often a gamepad is looked at, in milliseconds: a foot stays on a switch for longer. */
const lookEvery = 40;

/** Buttons that are down now and were not before. */
export const pressedSince = (before: readonly boolean[], now: readonly boolean[]): number[] =>
  now.flatMap((down, button) => (down && !before[button] ? [button] : []));

/**
 * Tells every press of a key or of a gamepad's button, once for each time it goes down. The
 * listener says whether it took it. Gamepads are looked at only while one is there.
 */
export function onInput(listener: (input: Input) => boolean): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const { target, code, key } = event;
    const control = 'button, input, select, textarea, a';
    const onControl = target instanceof Element && target.closest(control) !== null;
    if (listener({ by: 'key', code, key, onControl })) event.preventDefault();
  };
  const down = new Map<number, readonly boolean[]>();
  let looking: ReturnType<typeof setInterval> | undefined;
  const look = () => {
    const pads = navigator.getGamepads().filter((pad) => pad !== null);
    if (pads.length === 0) rest();
    for (const { index, buttons } of pads) {
      const now = buttons.map((b) => b.pressed);
      for (const button of pressedSince(down.get(index) ?? [], now)) {
        listener({ by: 'gamepad', button });
      }
      down.set(index, now);
    }
  };
  const rest = () => {
    clearInterval(looking);
    looking = undefined;
    down.clear();
  };
  const begin = () => {
    looking ??= setInterval(look, lookEvery);
    look();
  };
  addEventListener('keydown', onKey);
  addEventListener('gamepadconnected', begin);
  // A page that was opened after the pad was woken is told of it no more.
  if (navigator.getGamepads?.().some((pad) => pad !== null)) begin();
  return () => {
    removeEventListener('keydown', onKey);
    removeEventListener('gamepadconnected', begin);
    rest();
  };
}
