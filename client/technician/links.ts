import { type ReadonlySignal, signal } from '@preact/signals';
import type { SeatId } from '../../server/domain/ids.ts';
import { retryDelay } from '../link/retry.ts';

/** A point's link, as GET /api/links gives it. */
interface PointLink {
  readonly seat: SeatId;
  readonly url: string;
}

interface Links {
  /** Null until they have come. */
  readonly urls: ReadonlySignal<ReadonlyMap<SeatId, string> | null>;
  readonly close: () => void;
}

/** Fetches every point's link with this page's own pass, again and again until it has them. */
export function fetchLinks(pass: string): Links {
  const urls = signal<ReadonlyMap<SeatId, string> | null>(null);
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const attempt = async (number: number): Promise<void> => {
    try {
      const response = await fetch('/api/links', {
        headers: { authorization: `Bearer ${pass}` },
        signal: stop.signal,
      });
      if (!response.ok) throw new Error(`links: ${response.status}`);
      const { links } = (await response.json()) as { links: readonly PointLink[] };
      urls.value = new Map(links.map((l) => [l.seat, l.url]));
    } catch {
      if (stop.signal.aborted) return;
      timer = setTimeout(() => void attempt(number + 1), retryDelay(number, Math.random()));
    }
  };
  void attempt(0);
  return {
    urls,
    close: () => {
      clearTimeout(timer);
      stop.abort();
    },
  };
}
