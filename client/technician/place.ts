import { signal } from '@preact/signals';
import type { SeatId } from '../../server/domain/ids.ts';

/** Which sites are listed. `trouble`: those that something should be done about. */
export const filters = ['all', 'trouble', 'connected', 'lost', 'absent'] as const;
export type BoardFilter = (typeof filters)[number];

export const rails = ['faults', 'messages', 'site'] as const;
type Rail = (typeof rails)[number];

/** Where on this page its technician is. */
export const place = {
  query: signal(''),
  filter: signal<BoardFilter>('all'),
  rail: signal<Rail>('faults'),
  /** The site that is looked at. */
  site: signal<SeatId | null>(null),
};

/** Looks at a site, or back from it. */
export function lookAt(seat: SeatId | null): void {
  place.site.value = seat;
  place.rail.value = seat === null ? 'faults' : 'site';
}
