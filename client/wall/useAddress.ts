import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { addressOf, searchOf, type WallAddress } from './address.ts';

interface Address {
  readonly address: ReadonlySignal<WallAddress>;
  /** Shows another view, and remembers it in the page's address: a reload shows the same. */
  readonly go: (change: Partial<WallAddress>) => void;
}

export function useAddress(): Address {
  const address = useSignal(addressOf(location.search));
  useEffect(() => {
    const read = () => {
      address.value = addressOf(location.search);
    };
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  const go = (change: Partial<WallAddress>) => {
    const next = { ...address.peek(), ...change };
    const search = searchOf(location.search, { ...next, page: Math.min(next.page, next.of) });
    history.replaceState(null, '', location.pathname + search + location.hash);
    address.value = addressOf(search);
  };
  return { address, go };
}
