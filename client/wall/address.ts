import { pageOf, type WallPage } from './grid.ts';

/** Which order the tiles stand in. */
export type WallOrder = 'protocol' | 'region';

/** What a wall shows, as its address says it: each display of a wall is opened by its own address. */
export interface WallAddress extends WallPage {
  readonly order: WallOrder;
  /** Seconds for each site of the cyclic view; null: there is no such view. */
  readonly cycle: number | null;
}

/** The shortest and the longest stay of the cyclic view at one site, in seconds. */
const shortest = 3;
const longest = 600;

/** As in `?order=region&page=1&of=2&cycle=10`. What makes no sense is taken as not said. */
export function addressOf(search: string): WallAddress {
  const query = new URLSearchParams(search);
  const seconds = Number(query.get('cycle') ?? Number.NaN);
  return {
    ...pageOf(search),
    order: query.get('order') === 'region' ? 'region' : 'protocol',
    cycle: seconds > 0 ? Math.min(Math.max(Math.round(seconds), shortest), longest) : null,
  };
}

/** The same address with another view; what else stands in it stays, and defaults are left out. */
export function searchOf(search: string, { page, of, order, cycle }: WallAddress): string {
  const query = new URLSearchParams(search);
  const put = (name: string, value: string | number, usual: boolean) =>
    usual ? query.delete(name) : query.set(name, String(value));
  put('order', order, order === 'protocol');
  put('page', page, of === 1);
  put('of', of, of === 1);
  put('cycle', cycle ?? '', cycle === null);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
