import { expect, test } from 'vitest';
import { briefingClock } from '../../server/clock.ts';

test('without a rehearsal it is the machine’s own', () => {
  const clock = briefingClock(undefined, () => 42);
  expect(clock.now()).toBe(42);
  expect(clock.real(1_000)).toBe(1_000);
});

test('in a rehearsal it goes from where it stood, as fast as it is told', () => {
  let machine = 5_000;
  const at = Date.parse('2019-06-03T13:00:00+07:00');
  const clock = briefingClock({ at, since: 2_000, speed: 12 }, () => machine);
  expect(clock.now()).toBe(at + 36_000);
  machine += 1_000;
  expect(clock.now()).toBe(at + 48_000);
  // What comes in a minute of the briefing comes in five seconds.
  expect(clock.real(60_000)).toBe(5_000);
});
