import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Journal } from '../../server/journal/journal.ts';
import { acceptLoss, standOf } from '../../server/journal/resume.ts';
import {
  faultsOf,
  fold,
  type JournalServer,
  readJournal,
  startJournalServer,
} from '../support/journals.ts';
import { chair, seatId, system, testPlan } from '../support/plan.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

/** A journal that has lost events halts for everybody, and goes on when people accept that. */

const briefing = 'halt';
const key = `diemcau:{${briefing}}:journal`;
const paused = { ok: false, refusal: 'controlPaused' };
let redis: TestRedis;
let servers: JournalServer[];

beforeEach(async () => {
  redis = await startRedis();
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((s) => s.close()));
  await redis.stop();
});

/** `deaf`: hears of others only when its own appends conflict. */
async function open({ deaf = false } = {}): Promise<Journal> {
  const server = await startJournalServer(redis.url, deaf ? { tailUrl: `${redis.url}/1` } : {});
  servers.push(server);
  const journal = await server.open(briefing);
  if (journal.state.version === 0) {
    await journal.submit({ type: 'briefing.plan', plan: testPlan(40) }, system, 'plan');
    await journal.submit({ type: 'phase.step', step: 'open' }, system, 'open');
  }
  return journal;
}

const link = () => servers[0]?.redis as JournalServer['redis'];
const mute = (journal: Journal, n: number) =>
  journal.submit({ type: 'seat.mute', seat: seatId(n) }, chair, `mute-${n}`);
const regressed = (journal: Journal) =>
  until(() => journal.condition === 'regressed', { what: 'it is said' });
/** As after a failover to a replica that had only the first so many. */
async function loseAllBut(count: number): Promise<void> {
  const left = (await link().xRange(key, '-', '+', { COUNT: count })) ?? [];
  await link().del(key);
  for (const { id, message } of left) await link().xAdd(key, String(id), message);
}
const accept = (above = 0) =>
  acceptLoss({ redis: link(), briefing, above, replicas: 0, now: Date.now() });

test('what somebody has witnessed and the journal does not hold has been lost', async () => {
  const journal = await open();
  for (const n of [1, 2]) await mute(journal, n);
  journal.witness(4);
  expect(await mute(journal, 3)).toEqual({ ok: true, version: 5 });
  journal.witness(6);
  await regressed(journal);
  expect(await mute(journal, 4)).toEqual(paused);
  await until(async () => (await standOf(link(), briefing)).seen === 6, { what: 'the halt' });
});

test('what another server has written meanwhile is no loss, however early it is witnessed', async () => {
  const journal = await open({ deaf: true });
  const other = await open();
  const conditions: string[] = [];
  journal.onCondition((condition) => conditions.push(condition));
  for (const n of [1, 2, 3]) {
    const { version } = (await mute(other, n)) as { version: number };
    journal.witness(version);
    await until(() => journal.state.version === version, { what: 'it is read' });
  }
  expect(conditions).toEqual([]);
});

test('servers that never saw what was lost go on neither, and one that starts now', async () => {
  const saw = await open();
  const before = await open({ deaf: true });
  for (const n of [1, 2, 3]) await mute(saw, n);
  await loseAllBut(3);
  expect(await mute(saw, 4)).toEqual(paused);
  await regressed(saw);
  await until(async () => (await standOf(link(), briefing)).seen === 5, { what: 'the halt' });
  expect(before.condition).toBe('running');
  expect(await mute(before, 5)).toEqual(paused);
  expect(before.condition).toBe('regressed');
  const late = await open();
  expect(late.condition).toBe('regressed');
  expect(await mute(late, 6)).toEqual(paused);
  expect(await standOf(link(), briefing)).toEqual({ head: 3, seen: 5 });
});

test('people accept the loss: every server is told, and new ones go on above all versions', async () => {
  const saw = await open();
  const other = await open();
  for (const n of [1, 2, 3]) await mute(saw, n);
  await until(() => other.state.version === 5, { what: 'both have seen all' });
  expect(await accept()).toEqual({ kind: 'nothingLost' });
  await loseAllBut(3);
  other.witness(9);
  for (const journal of [saw, other]) await mute(journal, 4);
  await Promise.all([saw, other].map(regressed));
  await until(async () => (await standOf(link(), briefing)).seen === 9, { what: 'the halt' });

  expect(await accept(12)).toEqual({ kind: 'resumed', head: 13 });
  await Promise.all([saw.resumed, other.resumed]);
  // They stay as they are: what they know is no more.
  expect(await mute(saw, 4)).toEqual(paused);
  const anew = await open();
  expect(anew.condition).toBe('running');
  anew.witness(12);
  expect(await mute(anew, 4)).toEqual({ ok: true, version: 14 });
  const recorded = await readJournal(link(), briefing);
  expect(faultsOf(recorded)).toEqual([]);
  expect(anew.state).toEqual(fold(recorded));
  expect(anew.state.seats[seatId(3)]?.muted).toBe(false);
  expect(recorded[3]?.event).toEqual({ type: 'journal.resumed', from: 4, to: 12 });
});

test('a second loss, of the acceptance itself, is halted again', async () => {
  const journal = await open();
  for (const n of [1, 2]) await mute(journal, n);
  await loseAllBut(2);
  await mute(journal, 3);
  await until(async () => (await standOf(link(), briefing)).seen === 4, { what: 'the halt' });
  await link().del(`diemcau:{${briefing}}:halt`);
  await until(async () => (await standOf(link(), briefing)).seen === 4, { what: 'it again' });
  expect(journal.condition).toBe('regressed');
});
