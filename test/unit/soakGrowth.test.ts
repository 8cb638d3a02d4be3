import { describe, expect, it } from 'vitest';
import { judge, median, type Sample, slope, type Tolerance } from '../../scripts/soak/growth.ts';

const count: Tolerance = { more: 2, kind: 'count' };
const memory: Tolerance = { more: 10, kind: 'memory' };

/** Quiet states five minutes apart. */
const samples = (name: string, ...values: readonly number[]): Sample[] =>
  values.map((value, i) => ({ minutes: i * 5, counts: { [name]: value } }));

const only = (tolerance: Tolerance, ...values: readonly number[]) => {
  const [verdict] = judge(samples('server-1.things', ...values), () => tolerance);
  if (!verdict) throw new Error('no verdict');
  return verdict;
};

describe('slope', () => {
  it('is the rise of a straight line', () => {
    expect(slope([0, 1, 2, 3].map((x) => [x, 7 + 3 * x] as const))).toBe(3);
  });

  it('is not moved by one wild value', () => {
    const line = [0, 1, 2, 3, 4, 5, 6].map((x) => [x, 2 * x] as const);
    const wild = line.map(([x, y]) => [x, x === 3 ? 1_000 : y] as const);
    expect(slope(wild)).toBe(2);
  });

  it('does not exist where there is one moment only', () => {
    expect(slope([])).toBeNaN();
    expect(slope([[1, 5]])).toBeNaN();
    expect(
      slope([
        [1, 5],
        [1, 6],
      ]),
    ).toBeNaN();
  });
});

describe('median', () => {
  it('is the middle, or between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
  });
});

describe('judge: counts', () => {
  it('takes what comes and goes within the tolerance', () => {
    expect(only(count, 10, 12, 11, 9, 12, 10, 12).grows).toBe(false);
  });

  it('finds what is left at the end, however it came about', () => {
    expect(only(count, 10, 10, 10, 10, 13).grows).toBe(true);
  });

  it('forgives what was more in between and is gone', () => {
    expect(only(count, 0, 0, 40, 0, 0, 0, 0).grows).toBe(false);
  });

  it('finds a steady rise that a high start would hide', () => {
    expect(only(count, 20, 1, 4, 7, 10, 13, 16).grows).toBe(true);
  });

  it('tells none at the end from some at the start', () => {
    expect(only({ more: 0, kind: 'count' }, 4, 3, 2, 1, 0).grows).toBe(false);
    expect(only({ more: 0, kind: 'count' }, 0, 0, 0, 0, 1).grows).toBe(true);
  });
});

describe('judge: what must be gone', () => {
  const none: Tolerance = { more: 0, kind: 'none' };

  it('takes nothing but nothing', () => {
    expect(only(none, 0, 0, 0).grows).toBe(false);
  });

  it('finds what was left at the start, at the end, or until its process died', () => {
    expect(only(none, 4, 4, 4).grows).toBe(true);
    expect(only(none, 0, 0, 2).grows).toBe(true);
    expect(only(none, 0, 2, 0).grows).toBe(true);
  });
});

describe('judge: memory', () => {
  it('forgives caches that fill and stay full', () => {
    expect(only(memory, 100, 130, 140, 141, 140, 141, 140, 141).grows).toBe(false);
  });

  it('forgives one last value that is high', () => {
    expect(only(memory, 100, 101, 100, 102, 101, 100, 140).grows).toBe(false);
  });

  it('finds what goes on rising', () => {
    expect(only(memory, 100, 104, 109, 112, 117, 121, 125).grows).toBe(true);
  });

  it('finds what goes on rising after a high start', () => {
    expect(only(memory, 140, 100, 107, 114, 121, 128, 135).grows).toBe(true);
  });

  it('lets the ends decide where there are too few moments for a slope', () => {
    expect(only(memory, 100, 111).grows).toBe(true);
    expect(only(memory, 100, 110).grows).toBe(false);
    expect(only(memory, 100, 111).anHour).toBeNaN();
  });
});

describe('judge', () => {
  it('judges by each name’s own tolerance, and not what has none', () => {
    const both: Sample[] = [0, 1, 2, 3].map((i) => ({
      minutes: i,
      counts: { 'redis.growingBytes': i * 1_000, 'sfu-1.transports': i },
    }));
    const verdicts = judge(both, (name) => (name === 'sfu-1.transports' ? count : undefined));
    expect(verdicts.map(({ name, grows }) => [name, grows])).toEqual([['sfu-1.transports', true]]);
  });

  it('says the slope in an hour, and the most that there was', () => {
    const verdict = only(count, 0, 1, 2, 9, 4);
    expect(verdict.most).toBe(9);
    expect(only(count, 0, 1, 2, 3, 4).anHour).toBeCloseTo(12);
  });

  it('begins with the first moment that a count was there', () => {
    const late: Sample[] = [
      { minutes: 0, counts: {} },
      { minutes: 5, counts: { 'sfu-2.routers': 5 } },
      { minutes: 10, counts: { 'sfu-2.routers': 6 } },
    ];
    const [verdict] = judge(late, () => count);
    expect(verdict).toMatchObject({ first: 5, last: 6, grows: false });
  });
});
