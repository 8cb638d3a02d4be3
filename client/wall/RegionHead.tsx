import { useComputed } from '@preact/signals';
import type { SeatId } from '../../server/domain/ids.ts';
import { text } from '../i18n/language.ts';
import { useSurface } from '../ui/useSurface.ts';
import type { Region } from './slots.ts';

interface RegionHeadProps {
  readonly region: string;
  readonly seats: readonly SeatId[];
}

/** Stands before a region's sites: its name, and how many of them are here. */
export function RegionHead({ region, seats }: RegionHeadProps) {
  const { link } = useSurface();
  const here = useComputed(
    () => seats.filter((id) => link.state.value?.seats[id]?.status === 'connected').length,
  ).value;
  const t = text.value.wall;
  return (
    <article class="region" data-region={region}>
      <h2>{t.region[region as Region] ?? region}</h2>
      <p data-all={here === seats.length || undefined}>{t.hereOf(here, seats.length)}</p>
    </article>
  );
}
