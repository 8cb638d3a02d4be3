import { describe, expect, it } from 'vitest';
import { loadPoints, type PointTemplate } from '../../config/points.ts';

const counted = (points: readonly PointTemplate[], key: 'region' | 'kind') =>
  Object.fromEntries(
    Object.entries(Object.groupBy(points, (point) => point[key])).map(([name, group]) => [
      name,
      group?.length,
    ]),
  );

/** What a name looks like without its accents, made apart from the ids and English names. */
const withoutAccents = (text: string) =>
  text.replaceAll('đ', 'd').replaceAll('Đ', 'D').normalize('NFD').replaceAll(/\p{M}/gu, '');

describe.each(['2019', '2025'])('the points of %s', (name) => {
  const { chair, points } = loadPoints(name);
  const seats = [chair, ...points];

  it('has unique ids, ascii in kebab-case', () => {
    const ids = seats.map(({ id }) => id);
    expect(new Set(ids).size).toBe(seats.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('counts the protocol order from 1, with the chair before it', () => {
    expect(seats.map(({ protocolOrder }) => protocolOrder)).toEqual(seats.map((_, i) => i));
  });

  it('has a name in Vietnamese and one in English without Vietnamese letters', () => {
    for (const point of seats) {
      expect(point.name.vi).not.toBe('');
      expect(point.name.vi).toBe(point.name.vi.normalize('NFC'));
      expect(point.name.en).toMatch(/^[\x20-\x7e]+$/);
    }
    expect(new Set(seats.map((point) => point.name.vi)).size).toBe(seats.length);
    expect(new Set(seats.map((point) => point.name.en)).size).toBe(seats.length);
  });

  it('calls provinces alike in both languages and in the id', () => {
    const own = ['ha-noi', 'ho-chi-minh'];
    for (const { id, name: called, region } of points) {
      if (region === 'central' || own.includes(id)) continue;
      expect(called.en).toBe(withoutAccents(called.vi));
      expect(id).toBe(called.en.toLowerCase().replaceAll(/[^a-z]+/g, '-'));
    }
  });

  it('lists the cities first, in their customary order, and provinces by the alphabet', () => {
    const kinds = points.map(({ kind }) => kind).filter((kind, i, all) => kind !== all[i - 1]);
    expect(kinds).toEqual(
      ['centralBody', 'partyCommittee', 'city', 'province'].slice(name === '2019' ? 0 : 2),
    );
    const cities = points.filter(({ kind }) => kind === 'city').map(({ id }) => id);
    expect(cities.slice(0, 5)).toEqual([
      'ha-noi',
      'ho-chi-minh',
      'hai-phong',
      'da-nang',
      'can-tho',
    ]);
    const provinces = points.filter(({ kind }) => kind === 'province').map((p) => p.name.vi);
    expect(provinces).toEqual(provinces.toSorted(new Intl.Collator('vi').compare));
  });
});

describe('the 71 points of 2019', () => {
  const { chair, points } = loadPoints('2019');

  it('are 63 provinces and cities, 4 party committees and 4 central bodies', () => {
    expect(points).toHaveLength(71);
    expect(counted(points, 'kind')).toEqual({
      centralBody: 4,
      partyCommittee: 4,
      city: 5,
      province: 58,
    });
  });

  it('lie in the regions of that time', () => {
    expect(counted(points, 'region')).toEqual({
      central: 8,
      'northern-midlands-mountains': 14,
      'red-river-delta': 11,
      'north-central': 6,
      'south-central-coast': 8,
      'central-highlands': 5,
      'south-east': 6,
      'mekong-delta': 13,
    });
  });

  it('are called by the Central Organisation Commission, which is none of them', () => {
    expect(chair).toMatchObject({ id: 'ban-to-chuc-trung-uong', protocolOrder: 0 });
    expect(points.map(({ id }) => id)).not.toContain(chair.id);
  });
});

describe('the 34 points since July 2025', () => {
  const now = loadPoints('2025');
  const then = loadPoints('2019');

  it('are 6 cities and 28 provinces', () => {
    expect(counted(now.points, 'kind')).toEqual({ city: 6, province: 28 });
  });

  it('keep the id where they kept the name, and only there', () => {
    const before = new Map(then.points.map((point) => [point.name.vi, point.id]));
    const kept = now.points.filter((point) => before.has(point.name.vi));
    expect(kept).toHaveLength(33);
    for (const point of kept) expect(point.id).toBe(before.get(point.name.vi));
    const fresh = now.points.filter((point) => !before.has(point.name.vi));
    expect(fresh.map(({ id }) => id)).toEqual(['hue']);
    expect(then.points.map(({ id }) => id)).not.toContain('hue');
    expect(now.chair).toEqual(then.chair);
  });
});
