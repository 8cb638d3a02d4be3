/** The keys by which one walks over the board. */
const steps = {
  ArrowLeft: { columns: -1, rows: 0 },
  ArrowRight: { columns: 1, rows: 0 },
  ArrowUp: { columns: 0, rows: -1 },
  ArrowDown: { columns: 0, rows: 1 },
} as const;

/** Where a tile stands, by its middle, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * Which of these places is the next one from `from` in the direction of a key; -1 where there is
 * none, or the key is no arrow. By places and not by numbers, because a large picture or the head
 * of a region may stand between tiles.
 */
export function neighbour(spots: readonly Spot[], from: number, key: string): number {
  const step = steps[key as keyof typeof steps];
  const here = spots[from];
  if (!step || !here) return -1;
  let best = -1;
  let bestFar = Number.POSITIVE_INFINITY;
  for (const [i, { x, y }] of spots.entries()) {
    const along = (x - here.x) * step.columns + (y - here.y) * step.rows;
    if (i === from || along < 1) continue;
    const aside = Math.abs((x - here.x) * step.rows) + Math.abs((y - here.y) * step.columns);
    // What stands in the same row or column comes before anything aside of it.
    const far = along + aside * 8;
    if (far >= bestFar) continue;
    best = i;
    bestFar = far;
  }
  return best;
}
