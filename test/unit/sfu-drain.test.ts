import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { Drain } from '../../sfu/control/drain.ts';
import { HighWater } from '../../sfu/media/highWater.ts';
import { FakeClock } from '../support/sfuClock.ts';

const limitMs = 30_000;

let clock: FakeClock;
let node: { busy: boolean; linked: boolean; told: number; drain(): void };
let left: { readonly at: number; readonly reason: string }[];
let drain: Drain;

beforeEach(() => {
  clock = new FakeClock();
  node = {
    busy: true,
    linked: true,
    told: 0,
    drain() {
      this.told += 1;
    },
  };
  left = [];
  drain = new Drain({
    node,
    clock,
    log: pino({ level: 'silent' }),
    limitMs,
    onLeave: (reason) => left.push({ at: clock.now(), reason }),
  });
});

it('says so at once, and once, and waits for the last endpoint', () => {
  drain.begin('a test');
  drain.begin('a test again');
  expect(node.told).toBe(1);
  clock.pass(20_000);
  drain.look();
  clock.pass(1000);
  expect(left).toEqual([]);
  node.busy = false;
  drain.look();
  expect(left).toEqual([]);
  clock.pass(1000);
  expect(left).toMatchObject([{ reason: 'empty' }]);
  expect(clock.idle).toBe(true);
});

it('ends at its limit, whoever is still there', () => {
  drain.begin('a test');
  clock.pass(limitMs - 1);
  expect(left).toEqual([]);
  clock.pass(1);
  expect(left).toEqual([{ at: limitMs, reason: 'the limit is over' }]);
});

it('does not wait where there is nobody, or no server that could move anybody', () => {
  node.linked = false;
  drain.begin('a test');
  expect(left).toEqual([{ at: 0, reason: 'no server is linked' }]);
  expect(clock.idle).toBe(true);
});

it('gives servers whose links dropped time to come back', () => {
  drain.begin('a test');
  node.linked = false;
  drain.look();
  clock.pass(1000);
  node.linked = true;
  drain.look();
  clock.pass(10_000);
  expect(left).toEqual([]);
  node.linked = false;
  drain.look();
  clock.pass(3000);
  expect(left).toMatchObject([{ reason: 'no server is linked' }]);
});

it('does nothing before it is asked, nor after it was closed', () => {
  node.busy = false;
  drain.look();
  clock.pass(limitMs);
  node.busy = true;
  drain.begin('a test');
  drain.close();
  node.busy = false;
  drain.look();
  clock.pass(limitMs);
  expect(left).toEqual([]);
  expect(clock.idle).toBe(true);
});

it('a high-water mark never sinks, and the longest unseen space is forgotten first', () => {
  const marks = new HighWater();
  marks.keep('empty', 0);
  expect(marks.all()).toEqual([]);
  for (let i = 0; i < 256; i++) marks.keep(`s${i}`, i + 1);
  marks.keep('s0', 0);
  expect(marks.of('s0')).toBe(1);
  marks.keep('new', 7);
  expect(marks.all()).toHaveLength(256);
  expect([marks.of('s0'), marks.of('s1'), marks.of('new')]).toEqual([1, 0, 7]);
});
