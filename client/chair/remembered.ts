import { effect, type Signal, signal } from '@preact/signals';

const storageKey = 'diemcau.chair';

/** What this tab kept of the console's place before it was loaded again. Storage may be switched off. */
function kept(): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const place = kept();

/**
 * A signal that comes back with its value after a reload of the tab: where a person was, never who
 * they are. What was kept is mistrusted: `accepts` says whether it still makes sense.
 */
export function remembered<T>(
  name: string,
  first: T,
  accepts: (value: unknown) => value is T,
): Signal<T> {
  const value = place[name];
  const kept = signal(accepts(value) ? value : first);
  effect(() => {
    place[name] = kept.value;
    try {
      sessionStorage.setItem(storageKey, JSON.stringify(place));
    } catch {
      // Without storage the place lasts as long as the page.
    }
  });
  return kept;
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
export const isOneOf =
  <T extends string>(values: readonly T[]) =>
  (value: unknown): value is T =>
    values.some((v) => v === value);
