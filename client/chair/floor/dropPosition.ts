import type { RequestId } from '../../../server/domain/ids.ts';

interface Drop {
  /** The queue as it is now, which may have changed since the drag began. */
  readonly queue: readonly RequestId[];
  /** The rows as they stood while dragging, gone ones among them. */
  readonly rows: readonly RequestId[];
  readonly dragged: RequestId;
  /** Before which row it was let go; `rows.length` is behind the last. */
  readonly gap: number;
}

/**
 * The queue position (from 1) that a drop means: before the first row at or below the gap that is
 * still in the queue. Null where it means nothing: the dragged one is gone, or stays where it is.
 */
export function dropPosition({ queue, rows, dragged, gap }: Drop): number | null {
  const from = queue.indexOf(dragged);
  if (from === -1) return null;
  const others = queue.filter((id) => id !== dragged);
  const below = rows.slice(gap).find((id) => others.includes(id));
  const at = below === undefined ? others.length : others.indexOf(below);
  return at === from ? null : at + 1;
}

interface RowPlace {
  readonly top: number;
  readonly height: number;
}

/** The gap that a height in the list points to: before row 0, 1, … or behind the last. */
export function gapAt(y: number, rows: readonly RowPlace[]): number {
  const below = rows.findIndex(({ top, height }) => y < top + height / 2);
  return below === -1 ? rows.length : below;
}
