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

/** A display's grid: tiles, where wished one large place in its corner, and the board's own tile. */
export interface BoardGrid extends Grid {
  /** How many cells wide and high the large place is; 0: there is none. */
  readonly large: number;
  /** How many cells wide the board's own tile is, which stands last: it takes what is left over. */
  readonly own: number;
}

interface BoardSize {
  /** How many tiles, the board's own not counted. */
  readonly tiles: number;
  readonly withLarge: boolean;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** The large place gets about a quarter of the board: large enough to see a face across a room. */
const largeShare = 0.55;

export function boardGrid({ tiles, withLarge, width, height }: BoardSize): BoardGrid {
  const small = tiles + 1;
  const large = withLarge ? Math.max(2, Math.round(Math.sqrt(small) * largeShare)) : 0;
  let { columns, rows } = gridFor(small + large * large, width, height);
  // A display of very few tiles, or of an odd shape: the large place must fit into the grid.
  while (columns < large) columns += 1;
  rows = Math.max(large, Math.ceil((small + large * large) / columns));
  const left = columns * rows - small - large * large;
  return { columns, rows, large, own: 1 + Math.min(left, columns - 1, 3) };
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
