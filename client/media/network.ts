/** What Chrome knows of the machine's connection (Network Information API, WICG); others nothing. */
interface NetworkInformation extends EventTarget {
  /** `wifi`, `ethernet`, …; absent where the browser does not tell. */
  readonly type?: string;
}

/**
 * Calls back when this machine's way into the network may have changed: surely, when it is back
 * online or goes by another kind of line; else perhaps, when only estimates have changed.
 */
export function onNetworkChange(changed: (sure: boolean) => void): () => void {
  const { connection } = navigator as Navigator & { readonly connection?: NetworkInformation };
  let type = connection?.type;
  const onOnline = (): void => changed(true);
  const onChange = (): void => {
    const before = type;
    type = connection?.type;
    changed(type !== before);
  };
  addEventListener('online', onOnline);
  connection?.addEventListener('change', onChange);
  return () => {
    removeEventListener('online', onOnline);
    connection?.removeEventListener('change', onChange);
  };
}
