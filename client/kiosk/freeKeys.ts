/**
 * Leaves Space and Enter to the request to speak: a button that was pressed by finger or mouse does
 * not keep the focus, and would not get it back from the sheet that it opened. Who came by keyboard
 * keeps the place.
 */
export function freeKeys(): () => void {
  const free = ({ detail }: MouseEvent) => {
    // A click that a key or a script made has no count.
    if (detail === 0) return;
    const focused = document.activeElement;
    if (focused instanceof HTMLButtonElement && !focused.closest('dialog')) focused.blur();
  };
  // Before the button's own listener: what that opens remembers where the focus was.
  addEventListener('click', free, true);
  return () => removeEventListener('click', free, true);
}
