import type { Instant } from '../../../server/domain/ids.ts';
import type { Roll, RollRow } from '../../../server/domain/rollCall.ts';

export const rollFilters = ['all', 'differs', 'notCalled', 'absent'] as const;
export type RollFilter = (typeof rollFilters)[number];

const shows: Record<RollFilter, (row: RollRow) => boolean> = {
  all: () => true,
  differs: ({ disagreements }) => disagreements.length > 0,
  notCalled: ({ state }) => state === 'notCalled',
  absent: ({ state }) => state === 'absent',
};

/** The rows that a filter leaves, in the roll call's own order: disagreements first. */
export const rollRows = ({ rows }: Pick<Roll, 'rows'>, filter: RollFilter): RollRow[] =>
  rows.filter(shows[filter]);

/** When a point came: by its own word or by its line, whichever was first; null while neither. */
export function cameAt({ declared, measured }: RollRow): Instant | null {
  const came = Math.min(
    declared?.attendance === 'present' ? declared.at : Infinity,
    measured.firstJoinedAt ?? Infinity,
  );
  return Number.isFinite(came) ? came : null;
}
