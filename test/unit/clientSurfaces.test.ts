import { describe, expect, it } from 'vitest';
import { steady } from '../../client/chair/steady.ts';
import { en } from '../../client/i18n/en.ts';
import { duration, invitationTime } from '../../client/i18n/format.ts';
import { refusals } from '../../client/i18n/refusals.ts';
import { vi } from '../../client/i18n/vi.ts';
import { standOf } from '../../client/kiosk/stand.ts';
import { finds, plain } from '../../client/ui/search.ts';
import { gridFor, pageOf, slice } from '../../client/wall/grid.ts';
import { nothing } from '../../server/domain/evolve.ts';
import type { FloorRequest } from '../../server/domain/floor.ts';
import { refusalCodes } from '../../server/domain/refusal.ts';

describe('search', () => {
  it('finds a name with or without accents, by any word and by initials', () => {
    expect(plain('Đắk Lắk')).toBe('dak lak');
    for (const query of ['dak', 'Đắk', 'lak', 'dl', 'ĐẮK LẮK']) {
      expect(finds(query, 'Đắk Lắk')).toBe(true);
    }
    expect(finds('tphcm', 'TP Hồ Chí Minh')).toBe(false);
    expect(finds('hcm', 'Hồ Chí Minh')).toBe(true);
    expect(finds('vung', 'Bà Rịa - Vũng Tàu')).toBe(true);
    expect(finds('ak', 'Đắk Lắk')).toBe(false);
    expect(finds('', 'Đắk Lắk')).toBe(true);
  });
});

describe('steady', () => {
  it('moves no row that is there, keeps the place of one that left, adds new ones at the end', () => {
    expect(steady(['a', 'b', 'c'], ['d', 'c', 'a'])).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('wall', () => {
  it('fills both sizes of screen with 71 sites and its own tile in nine by eight', () => {
    expect(gridFor(72, 1920, 1080)).toEqual({ columns: 9, rows: 8 });
    expect(gridFor(72, 1366, 768)).toEqual({ columns: 9, rows: 8 });
  });

  it('has a place for everything in any shape', () => {
    for (const count of [0, 1, 2, 5, 37, 73]) {
      for (const [width, height] of [
        [1920, 1080],
        [1080, 1920],
        [3840, 800],
      ] as const) {
        const { columns, rows } = gridFor(count, width, height);
        expect(columns * rows).toBeGreaterThanOrEqual(count);
      }
    }
  });

  it('shares the sites among displays without losing any', () => {
    const sites = Array.from({ length: 71 }, (_, i) => i);
    const pages = [1, 2, 3].map((page) => slice(sites, { page, of: 3 }));
    expect(pages.flat()).toEqual(sites);
  });

  it('takes a page from the address and mistrusts it', () => {
    expect(pageOf('?page=2&of=3')).toEqual({ page: 2, of: 3 });
    expect(pageOf('')).toEqual({ page: 1, of: 1 });
    expect(pageOf('?page=9&of=2')).toEqual({ page: 2, of: 2 });
    expect(pageOf('?page=x&of=-1')).toEqual({ page: 1, of: 1 });
  });
});

describe('language', () => {
  it('has a text for everything in both languages', () => {
    const gaps = (value: unknown, path: string): string[] => {
      if (typeof value === 'function') return gaps(value('1', 2), `${path}()`);
      if (typeof value === 'string') return value.trim() === '' ? [path] : [];
      return Object.entries(value as object).flatMap(([k, v]) => gaps(v, `${path}.${k}`));
    };
    expect([...gaps(vi, 'vi'), ...gaps(en, 'en')]).toEqual([]);
  });

  it('says every refusal in both languages, and no two the same way', () => {
    for (const texts of [refusals.vi, refusals.en]) {
      const said = [...refusalCodes, 'lineLost' as const].map((code) => texts[code]);
      expect(new Set(said).size).toBe(said.length);
      for (const words of said) expect(words).toMatch(/\.$/);
    }
  });
});

describe('times', () => {
  it('counts minutes and, when there are any, hours', () => {
    expect(duration(0)).toBe('0:00');
    expect(duration(61_999)).toBe('1:01');
    expect(duration(3_661_000)).toBe('1:01:01');
    expect(duration(-5)).toBe('0:00');
  });

  it('shows an invitation at the hour that it names, wherever it is read', () => {
    expect(invitationTime('2019-06-03T14:00:00+07:00')).toContain('14:00');
    expect(invitationTime('2019-06-03T14:00')).toContain('14:00');
    expect(invitationTime('soon')).toBe('soon');
  });
});

describe('standOf', () => {
  const request = (id: string, beneficiary: string, over: Partial<FloorRequest>): FloorRequest => ({
    id,
    kind: 'speech',
    beneficiary,
    requestedBy: { role: 'point', seat: beneficiary },
    priority: 2,
    status: 'pending',
    requestedAt: 1,
    grantedAt: null,
    grantVersion: null,
    time: null,
    ...over,
  });
  const state = {
    ...nothing,
    floor: {
      ...nothing.floor,
      requests: [
        request('r1', 'a', { status: 'accepted' }),
        request('r2', 'b', { status: 'accepted' }),
        request('r3', 'c', {}),
        request('r4', 'd', { status: 'granted', grantedAt: 99 }),
      ],
      queue: ['r1', 'r2'],
      holders: ['r4'],
    },
  };

  it('tells each seat where it stands', () => {
    const queued = { is: 'queued', kind: 'speech' };
    expect(standOf(state, 'a')).toEqual({ ...queued, request: 'r1', place: 1, next: true });
    expect(standOf(state, 'b')).toEqual({ ...queued, request: 'r2', place: 2, next: false });
    expect(standOf(state, 'c')).toEqual({ is: 'pending', request: 'r3' });
    expect(standOf(state, 'd')).toEqual({ is: 'onAir', request: 'r4' });
    expect(standOf(state, 'e')).toEqual({ is: 'idle' });
  });
});
