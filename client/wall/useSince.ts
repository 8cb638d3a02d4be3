import { useRef } from 'preact/hooks';
import type { Instant } from '../../server/domain/ids.ts';
import { useSurface } from '../ui/useSurface.ts';

/**
 * Since when a value has been what it is, by the server's clock; null where this page has seen it
 * come from nothing: it was so before, and since when is not known here.
 */
export function useSince(value: string | undefined): Instant | null {
  const { link } = useSurface();
  const known = useRef<{ value: string | undefined; since: Instant | null }>({
    value,
    since: null,
  });
  const { current } = known;
  if (current.value !== value) {
    known.current = { value, since: current.value === undefined ? null : link.clock.now() };
  }
  return known.current.since;
}
