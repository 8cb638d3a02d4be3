import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectRedis, type RedisLink } from '../../server/journal/connect.ts';
import { quiet } from '../support/journals.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

/** What the Lua scripts promise in their headers. */

let redis: TestRedis;
let link: RedisLink;
let key = '';

beforeAll(async () => {
  redis = await startRedis();
  link = await connectRedis({ url: redis.url, name: 'contract', log: quiet });
});
afterAll(async () => {
  link.destroy();
  await redis.stop();
});
beforeEach(({ task }) => {
  key = `{${task.id}}`;
});

const append = (...args: string[]) => link.appendEvents([key, `${key}:halt`], args);
const halt = (seen: string) => link.haltJournal([key, `${key}:halt`], [seen]);
const resume = (...args: string[]) =>
  link.resumeJournal([key, `${key}:halt`, `${key}:snapshot`], args);
const resumed = JSON.stringify({ event: { type: 'journal.resumed' } });

test('append: numbers events from the head on, under their versions as ids', async () => {
  expect(await append('0')).toEqual(['current', 0]);
  expect(await append('0', 'one', 'two')).toEqual(['appended', 2]);
  expect(await append('2', 'three')).toEqual(['appended', 3]);
  expect(await append('3')).toEqual(['current', 3]);
  const entries = (await link.xRange(key, '-', '+')) ?? [];
  expect(entries.map((e) => [e.id, e.message.e])).toEqual([
    ['1-0', 'one'],
    ['2-0', 'two'],
    ['3-0', 'three'],
  ]);
});

test('append: at another version it does nothing and gives what is there from that one on', async () => {
  await append('0', 'one', 'two', 'three');
  const conflict = [
    'conflict',
    3,
    [
      ['2-0', ['e', 'two']],
      ['3-0', ['e', 'three']],
    ],
  ];
  expect(await append('2', 'mine')).toEqual(conflict);
  expect(await append('2')).toEqual(conflict);
  expect(await append('4', 'mine')).toEqual(['conflict', 3, []]);
  expect(await append('0', 'mine')).toMatchObject(['conflict', 3, { length: 3 }]);
  expect(await link.xLen(key)).toBe(3);
});

test('append: gives at most 512 entries to catch up with', async () => {
  await append('0', ...Array.from({ length: 600 }, (_, i) => `event-${i + 1}`));
  const [, head, entries] = (await append('10', 'mine')) as [string, number, [string, string[]][]];
  expect(head).toBe(600);
  expect(entries).toHaveLength(512);
  expect(entries[0]).toEqual(['10-0', ['e', 'event-10']]);
});

test('halt: nobody appends any more, whatever was seen is known, the highest of it', async () => {
  await append('0', 'one', 'two');
  expect(await halt('7')).toEqual(['halted', 7]);
  expect(await halt('5')).toEqual(['halted', 7]);
  expect(await halt('9')).toEqual(['halted', 9]);
  expect(await append('2', 'three')).toEqual(['halted', 9]);
  expect(await append('2')).toEqual(['halted', 9]);
  expect(await append('1', 'three')).toEqual(['halted', 9]);
  expect(await link.xLen(key)).toBe(2);
});

test('resume: one event in the place of each lost one, and one above; the halt is over', async () => {
  await append('0', 'one', 'two');
  await halt('4');
  await link.hSet(`${key}:snapshot`, 'version', '4');
  expect(await resume('1', '4', resumed)).toEqual(['conflict', 2]);
  expect(await append('2', 'three')).toEqual(['halted', 4]);
  expect(await resume('2', '4', resumed)).toEqual(['resumed', 5]);
  const entries = (await link.xRange(key, '-', '+')) ?? [];
  expect(entries.map((e) => e.message.e)).toEqual(['one', 'two', resumed, resumed, resumed]);
  expect(await link.exists([`${key}:halt`, `${key}:snapshot`])).toBe(0);
  expect(await append('5', 'six')).toEqual(['appended', 6]);
  // Who saw what was lost learns that it was accepted; who saw more than was accepted halts it.
  expect(await halt('3')).toEqual(['resumed', 4]);
  expect(await halt('4')).toEqual(['resumed', 5]);
  expect(await halt('7')).toEqual(['halted', 7]);
});

test('resume: a journal that is longer than what was seen goes on with one event', async () => {
  await append('0', 'one', 'two', 'three');
  await halt('2');
  expect(await resume('3', '2', resumed)).toEqual(['resumed', 4]);
  expect(await halt('2')).toEqual(['resumed', 4]);
  // Even a journal of which nothing is left.
  await link.del(key);
  await halt('2');
  expect(await resume('0', '2', resumed)).toEqual(['resumed', 3]);
});

test('snapshot: never set back, but one of another format is replaced', async () => {
  const keep = (...args: string[]) => link.keepSnapshot(key, args);
  expect(await keep('10', '1', 'ten')).toBe('kept');
  expect(await keep('9', '1', 'nine')).toBe('older');
  expect(await keep('10', '1', 'ten again')).toBe('older');
  expect({ ...(await link.hGetAll(key)) }).toEqual({ version: '10', format: '1', state: 'ten' });
  expect(await keep('5', '2', 'five')).toBe('kept');
  expect(await keep('6', '2', 'six')).toBe('kept');
  expect(await link.hGet(key, 'state')).toBe('six');
});

test('renew: makes and lengthens, or makes only; sweep: hands out what lapsed, once', async () => {
  const at = Number(await link.renewLeases(key, ['60000', 'GT', 'p01 a', 'p02 b']));
  expect(await link.zScore(key, 'p01 a')).toBe(at);
  await link.renewLeases(key, ['1', 'GT', 'p01 a']);
  expect(await link.zScore(key, 'p01 a')).toBe(at);
  await link.renewLeases(key, ['90000', 'NX', 'p01 a', 'p03 c']);
  expect(await link.zScore(key, 'p01 a')).toBe(at);
  expect(await link.zCard(key)).toBe(3);
  expect(await link.sweepLeases(key, ['60000', '10'])).toEqual([]);
  for (const [i, value] of ['p01 a', 'p02 b', 'p03 c'].entries()) {
    await link.zAdd(key, { score: i + 1, value });
  }
  expect(await link.sweepLeases(key, ['60000', '2'])).toEqual(['p01 a', 'p02 b']);
  expect(await link.sweepLeases(key, ['60000', '2'])).toEqual(['p03 c']);
  expect(await link.sweepLeases(key, ['60000', '2'])).toEqual([]);
  expect(await link.zCard(key)).toBe(3);
});
