import { type Signal, useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { useSurface } from '../../ui/useSurface.ts';
import { readJson } from './api.ts';
import type { MinutesView } from './minutesView.ts';

export interface MinutesRead {
  /** The last that came; null before the first. */
  readonly view: Signal<MinutesView | null>;
  /** Whether the last attempt failed. */
  readonly failed: Signal<boolean>;
  readonly reload: () => Promise<void>;
}

/** The minutes as they stand; read again whenever `when` changes, and when asked to. */
export function useMinutes(briefing: string, when: string): MinutesRead {
  const { pass } = useSurface();
  const view = useSignal<MinutesView | null>(null);
  const failed = useSignal(false);
  const load = useCallback(
    async (signal?: AbortSignal) => {
      const path = `${briefing}/minutes`;
      const answer = await readJson<MinutesView>({ pass, path, ...(signal ? { signal } : {}) });
      if (signal?.aborted) return;
      failed.value = !answer.ok;
      if (answer.ok) view.value = answer.value;
    },
    [briefing, pass, view, failed],
  );
  // `when` is not read here: that it changes is the reason to read again.
  useEffect(() => {
    const away = new AbortController();
    void load(away.signal);
    return () => away.abort();
  }, [load, when]);
  return { view, failed, reload: () => load() };
}
