import { type ReadonlySignal, signal } from '@preact/signals';

/** A media node, as GET /api/nodes gives it. */
export interface NodeView {
  readonly node: string;
  readonly region: string;
  readonly linked: boolean;
  readonly draining: boolean;
  readonly endpoints: number;
  readonly standbys: number;
  readonly consumers: number;
  /** CPU of its worker, 0 … 1 of one core. */
  readonly cpu: number;
}

export interface MediaNodes {
  /** Null while they cannot be read. */
  readonly list: ReadonlySignal<readonly NodeView[] | null>;
  /** Asks a node to go once its seats have been moved. False when that was not taken. */
  drain(node: string): Promise<boolean>;
  readonly close: () => void;
}

/** From one reading to the next, in milliseconds. */
const readEvery = 2_000;

/** Reads the media nodes with this page's own pass, again and again. */
export function watchNodes(pass: string): MediaNodes {
  const list = signal<readonly NodeView[] | null>(null);
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${pass}` };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      const response = await fetch('/api/nodes', { headers, signal: stop.signal });
      if (!response.ok) throw new Error(`nodes: ${response.status}`);
      const { nodes } = (await response.json()) as { nodes: readonly NodeView[] };
      list.value = nodes.toSorted((a, b) => a.node.localeCompare(b.node));
    } catch {
      if (!stop.signal.aborted) list.value = null;
    }
    if (!stop.signal.aborted) timer = setTimeout(() => void read(), readEvery);
  };
  void read();
  return {
    list,
    drain: async (node) => {
      const path = `/api/nodes/${encodeURIComponent(node)}/drain`;
      try {
        const response = await fetch(path, { method: 'POST', headers, signal: stop.signal });
        return response.ok;
      } catch {
        return false;
      }
    },
    close: () => {
      clearTimeout(timer);
      stop.abort();
    },
  };
}
