import { describe, expect, it } from 'vitest';
import { chosen } from '../../client/ui/machineChoice.ts';
import { spanOf, stretches } from '../../client/ui/sparkPath.ts';
import { steppedTo } from '../../client/ui/stepFocus.ts';

describe('a choice for this machine', () => {
  const language = { name: 'lang', among: ['vi', 'en'] } as const;
  it.each([
    { search: '?lang=en', remembered: 'vi', becomes: 'en' },
    { search: '?page=2', remembered: 'en', becomes: 'en' },
    { search: '?lang=fr', remembered: 'en', becomes: 'en' },
    { search: '?lang=fr', remembered: 'xx', becomes: 'vi' },
    { search: '', remembered: null, becomes: 'vi' },
  ])('$search with $remembered kept is $becomes', ({ becomes, ...from }) => {
    expect(chosen(language, from)).toBe(becomes);
  });
});

describe('keys in a list', () => {
  it('go round at both ends', () => {
    expect(steppedTo('ArrowDown', 2, 3)).toBe(0);
    expect(steppedTo('ArrowUp', 0, 3)).toBe(2);
    expect(steppedTo('ArrowDown', 0, 3)).toBe(1);
  });
  it('begin at an end when nothing is held', () => {
    expect(steppedTo('ArrowDown', -1, 3)).toBe(0);
    expect(steppedTo('ArrowUp', -1, 3)).toBe(2);
  });
  it('jump to the first and the last, and leave other keys alone', () => {
    expect(steppedTo('Home', 2, 3)).toBe(0);
    expect(steppedTo('End', 0, 3)).toBe(2);
    expect(steppedTo('x', 0, 3)).toBeNull();
    expect(steppedTo('Home', -1, 0)).toBeNull();
  });
});

describe('a small graph', () => {
  const scale = { min: 0, max: 10, width: 100, height: 20 };
  it('spans its values from zero, and is never flat for want of a span', () => {
    expect(spanOf([2, null, 8], {})).toEqual({ min: 0, max: 8 });
    expect(spanOf([-40, -20], {})).toEqual({ min: -40, max: 0 });
    expect(spanOf([0, 0], {})).toEqual({ min: 0, max: 1 });
    expect(spanOf([3], { max: 10 })).toEqual({ min: 0, max: 10 });
    expect(spanOf([30], { max: 10 })).toEqual({ min: 0, max: 30 });
  });
  it('shows a gap where nothing was measured', () => {
    expect(stretches([0, 10, null, 5, 5], scale)).toEqual([
      [
        [0, 20],
        [25, 0],
      ],
      [
        [75, 10],
        [100, 10],
      ],
    ]);
  });
  it('keeps what lies outside its scale at the edge', () => {
    expect(stretches([-5, 15], scale)).toEqual([
      [
        [0, 20],
        [100, 0],
      ],
    ]);
  });
});
