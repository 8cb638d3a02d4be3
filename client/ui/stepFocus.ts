const stepOf: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
};

/** Where the focus goes among `count` things from the one at `from`; null when the key moves nothing. */
export function steppedTo(key: string, from: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = stepOf[key];
  if (step === undefined) return null;
  return (Math.max(from, step > 0 ? -1 : 0) + step + count) % count;
}

/** Moves the focus with arrows, Home, End or a first letter among what `selector` finds within. */
export function stepFocus(
  event: KeyboardEvent & { readonly currentTarget: HTMLElement },
  selector: string,
): HTMLElement | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const from = all.indexOf(document.activeElement as HTMLElement);
  const to = steppedTo(event.key, from, all.length) ?? byLetter(event.key, all, from);
  const target = to === null ? undefined : all[to];
  if (!target) return null;
  event.preventDefault();
  target.focus();
  return target;
}

/** The next one after `from` whose words begin with the typed letter. */
function byLetter(key: string, all: readonly HTMLElement[], from: number): number | null {
  if (key.length !== 1 || key === ' ') return null;
  const starts = (e: HTMLElement) =>
    e.textContent.trim().toLocaleLowerCase().startsWith(key.toLocaleLowerCase());
  const later = all.findIndex((e, index) => index > from && starts(e));
  const found = later === -1 ? all.findIndex(starts) : later;
  return found === -1 ? null : found;
}
