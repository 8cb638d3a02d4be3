interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/**
 * The grid that gives `count` tiles the largest 16:9 pictures in a space of this size, in pixels.
 * The tiles fill the space exactly, so it depends on nothing but these three figures.
 */
export function gridFor(count: number, width: number, height: number): Grid {
  let best: Grid = { columns: 1, rows: Math.max(count, 1) };
  let bestWidth = 0;
  for (let columns = 1; columns <= Math.max(count, 1); columns++) {
    const rows = Math.ceil(Math.max(count, 1) / columns);
    const picture = Math.min(width / columns, (height / rows) * (16 / 9));
    if (picture <= bestWidth) continue;
    bestWidth = picture;
    best = { columns, rows };
  }
  return best;
}

export interface WallPage {
  /** From 1. */
  readonly page: number;
  readonly of: number;
}

/** Which part of the wall an address asks for, as in `?page=1&of=2`; the whole by default. */
export function pageOf(search: string): WallPage {
  const query = new URLSearchParams(search);
  const whole = (name: string) => Math.floor(Number(query.get(name) ?? 1));
  const of = Math.min(Math.max(whole('of') || 1, 1), 4);
  return { page: Math.min(Math.max(whole('page') || 1, 1), of), of };
}

/** The items of one page: consecutive, and as even as can be. */
export function slice<T>(items: readonly T[], { page, of }: WallPage): readonly T[] {
  const each = Math.ceil(items.length / of);
  return items.slice((page - 1) * each, page * each);
}
