import { describe, expect, test } from 'vitest';
import { freeId } from '../../client/planning/freeId.ts';
import { startsAtOf, wallTime } from '../../client/planning/startsAt.ts';

describe('the start of a briefing in a form', () => {
  test('shows the hour of the invitation, and gives it back with the offset of its zone', () => {
    const startsAt = '2019-06-03T14:00:00+07:00';
    expect(wallTime(startsAt)).toBe('2019-06-03T14:00');
    expect(startsAtOf(wallTime(startsAt), 'Asia/Ho_Chi_Minh')).toBe(startsAt);
    expect(startsAtOf('2019-06-03T14:00', 'Etc/UTC')).toBe('2019-06-03T14:00:00+00:00');
  });

  test('takes the offset that holds at that hour, on either side of a change of clocks', () => {
    const inBerlin = (wall: string) => startsAtOf(wall, 'Europe/Berlin');
    expect(inBerlin('2026-03-29T01:30')).toBe('2026-03-29T01:30:00+01:00');
    expect(inBerlin('2026-03-29T03:30')).toBe('2026-03-29T03:30:00+02:00');
    expect(inBerlin('2026-10-25T04:00')).toBe('2026-10-25T04:00:00+01:00');
  });

  test('a form without a whole date and time has no start', () => {
    expect(startsAtOf('', 'Asia/Ho_Chi_Minh')).toBe('');
  });
});

test('a new entry has an id that none has', () => {
  expect(freeId('bao-cao', [])).toBe('bao-cao-1');
  expect(freeId('bao-cao', [{ id: 'bao-cao-2' }])).toBe('bao-cao-3');
  expect(freeId('bao-cao', [{ id: 'bao-cao-3' }, { id: 'bao-cao-1' }])).toBe('bao-cao-4');
});
