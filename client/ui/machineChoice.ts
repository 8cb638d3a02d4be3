import { type Signal, signal } from '@preact/signals';

interface Choice<V extends string> {
  /** Its name in the address, as in `?theme=light`. */
  readonly name: string;
  /** What there is to choose from; the first is meant where nobody chose. */
  readonly among: readonly [V, ...V[]];
}

/** The address wins, then what was chosen last on this machine, then the first there is. */
export function chosen<V extends string>(
  { name, among }: Choice<V>,
  from: { readonly search: string; readonly remembered: string | null },
): V {
  const asked = new URLSearchParams(from.search).get(name);
  const known = (value: string | null) => among.find((v) => v === value);
  return known(asked) ?? known(from.remembered) ?? among[0];
}

/** Storage can be switched off in a kiosk; then the choice lasts as long as the page. */
function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export interface MachineChoice<V extends string> {
  readonly value: Signal<V>;
  readonly choose: (value: V) => void;
}

/** What a person chose for this machine, whichever page it shows; kept under `key`. */
export function machineChoice<V extends string>(key: string, choice: Choice<V>): MachineChoice<V> {
  const inBrowser = typeof location !== 'undefined';
  const value = signal(
    inBrowser
      ? chosen(choice, { search: location.search, remembered: remembered(key) })
      : choice.among[0],
  );
  if (inBrowser) {
    // Another page on this machine, such as the second display of a wall, chose: this one follows.
    addEventListener('storage', (event) => {
      const next = choice.among.find((v) => v === event.newValue);
      if (event.key === key && next) value.value = next;
    });
  }
  const choose = (next: V) => {
    value.value = next;
    try {
      localStorage.setItem(key, next);
    } catch {
      // The choice still holds until the page is closed.
    }
    // It is newer than what the address asked for; the rest of the address stays.
    const address = new URL(location.href);
    address.searchParams.delete(choice.name);
    history.replaceState(null, '', address);
  };
  return { value, choose };
}
