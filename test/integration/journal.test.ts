import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Recorded } from '../../server/domain/event.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { briefingKeys } from '../../server/journal/keys.ts';
import {
  faultsOf,
  fold,
  type JournalServer,
  readJournal,
  startJournalServer,
} from '../support/journals.ts';
import { chair, point, seatId, system, testPlan } from '../support/plan.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

let redis: TestRedis;
let servers: JournalServer[] = [];
let briefing = '';
let a: Journal;
let b: Journal;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

beforeEach(async ({ task }) => {
  briefing = task.id;
  servers = [await startJournalServer(redis.url), await startJournalServer(redis.url)];
  [a, b] = (await Promise.all(servers.map((s) => s.open(briefing, { snapshotEvery: 50 })))) as [
    Journal,
    Journal,
  ];
  await a.submit({ type: 'briefing.plan', plan: testPlan(71) }, system, 'plan');
  await a.submit({ type: 'phase.step', step: 'open' }, system, 'open');
});
afterEach(async () => {
  await Promise.all(servers.map((s) => s.close()));
});

const inRedis = () => readJournal(servers[0]?.redis as JournalServer['redis'], briefing);
const request = (journal: Journal, seat: string, id: string) =>
  journal.submit({ type: 'floor.request', beneficiary: seat }, point(seat), id);
const sameVersion = () =>
  until(() => a.state.version === b.state.version, { what: 'both servers at one version' });

test('what one server accepts, the other folds and tells, in order and once', async () => {
  const told: number[] = [];
  b.subscribe((events, state) => {
    told.push(...events.map((e) => e.version));
    expect(state.version).toBe(events.at(-1)?.version);
  });
  await sameVersion();
  const before = told.length;
  const answer = await request(a, 'p05', 'ask-5');
  expect(answer).toEqual({ ok: true, version: 3 });
  await until(() => b.state.version === 3, { what: 'the other server has it' });
  expect(told.slice(before)).toEqual([3]);
  expect(b.state).toEqual(a.state);
  expect(b.state.floor.requests.map((r) => r.id)).toEqual(['r3']);
});

test('two servers write against each other and nothing is lost, doubled or out of order', async () => {
  await sameVersion();
  const told = new Map([a, b].map((journal) => [journal, [] as Recorded[]]));
  for (const [journal, events] of told) journal.subscribe((more) => events.push(...more));
  const answers = await Promise.all(
    [a, b].flatMap((journal, server) =>
      Array.from({ length: 200 }, (_, i) =>
        journal
          .submit(
            { type: i % 2 ? 'seat.mute' : 'seat.unmute', seat: seatId(1 + (i % 71)) },
            chair,
            `storm-${server}-${i}`,
          )
          .then((answer) => ({ id: `storm-${server}-${i}`, answer })),
      ),
    ),
  );
  await sameVersion();
  const recorded = await inRedis();
  expect(faultsOf(recorded)).toEqual([]);
  for (const { id, answer } of answers) {
    const events = recorded.filter((r) => r.command === id);
    expect(events.map((e) => e.version)).toEqual(answer.ok ? [answer.version] : []);
    if (!answer.ok) expect(['alreadyMuted', 'notMuted']).toContain(answer.refusal);
  }
  const folded = fold(recorded);
  expect(a.state).toEqual(folded);
  expect(b.state).toEqual(folded);
  for (const events of told.values()) expect(events).toEqual(recorded.slice(2));
});

test('a refusal is given on what the journal says, not on what this server last saw', async () => {
  const deafServer = await startJournalServer(redis.url, { tailUrl: `${redis.url}/1` });
  servers.push(deafServer);
  const deaf = await deafServer.open(briefing);
  await a.submit({ type: 'seat.mute', seat: 'p01' }, chair, 'mute-a');
  expect(deaf.state.seats.p01?.muted).toBe(false);
  // By what it last saw, "not muted" would be the answer.
  const unmuted = await deaf.submit({ type: 'seat.unmute', seat: 'p01' }, chair, 'unmute-deaf');
  expect(unmuted).toEqual({ ok: true, version: 4 });
  await a.submit({ type: 'seat.mute', seat: 'p02' }, chair, 'mute-a2');
  const twice = await deaf.submit({ type: 'seat.mute', seat: 'p02' }, chair, 'mute-deaf');
  expect(twice).toEqual({ ok: false, refusal: 'alreadyMuted' });
  expect(deaf.state).toEqual(fold(await inRedis()));
});

test('a retry with the same id gets its first answer, at whichever server, and is done once', async () => {
  const first = await request(a, 'p07', 'press-7');
  expect(first).toEqual({ ok: true, version: 3 });
  expect(await request(a, 'p07', 'press-7')).toEqual(first);
  expect(await request(b, 'p07', 'press-7')).toEqual(first);
  const both = await Promise.all([request(b, 'p08', 'press-8'), request(b, 'p08', 'press-8')]);
  expect(both[0]).toEqual(both[1]);
  const elsewhere = await Promise.all([request(a, 'p09', 'press-9'), request(b, 'p09', 'press-9')]);
  expect(elsewhere[0]).toEqual(elsewhere[1]);
  expect((await inRedis()).filter((r) => r.command.startsWith('press'))).toHaveLength(3);
  // The same id from somebody else is another command.
  expect(await request(a, 'p10', 'press-7')).toEqual({ ok: true, version: 6 });
});

test('a server starts from the snapshot and the rest, and knows retries from before it', async () => {
  const first = await request(a, 'p01', 'long-ago');
  for (let i = 0; i < 60; i++) {
    await a.submit({ type: 'seat.mute', seat: seatId(2 + i) }, chair, `mute-${i}`);
  }
  const key = briefingKeys(briefing).snapshot;
  const link = servers[0]?.redis as JournalServer['redis'];
  await until(async () => (await link.hGet(key, 'version')) === '50', { what: 'a snapshot' });
  const third = await startJournalServer(redis.url);
  servers.push(third);
  const fresh = await third.open(briefing);
  expect(fresh.state).toEqual(a.state);
  expect(fresh.state).toEqual(fold(await inRedis()));
  expect(await request(fresh, 'p01', 'long-ago')).toEqual(first);

  // The snapshot is what it started from: mark it and see the mark.
  const marked = { ...fold((await inRedis()).slice(0, 50)), sector: { vi: 'dấu', en: 'mark' } };
  await link.hSet(key, 'state', JSON.stringify(marked));
  expect((await third.open(briefing)).state.sector.en).toBe('mark');
  // One of another format is not.
  await link.hSet(key, 'format', '0');
  expect((await third.open(briefing)).state).toEqual(a.state);
});

test('too many commands at once are refused, not kept', async () => {
  const answers = await Promise.all(
    Array.from({ length: 2_400 }, (_, i) => request(a, seatId(1 + (i % 71)), `flood-${i}`)),
  );
  const refusals = answers.map((x) => (x.ok ? 'ok' : x.refusal));
  const count = (what: string) => refusals.filter((r) => r === what).length;
  expect(count('ok')).toBe(71);
  expect(count('tooManyCommands')).toBe(400);
  expect(count('alreadyRequested')).toBe(2_400 - 71 - 400);
});

test('a closed journal refuses, and tells nobody any more', async () => {
  let told = 0;
  b.subscribe(() => told++);
  await sameVersion();
  const before = told;
  await Promise.all([b.close(), b.close()]);
  expect(await request(b, 'p01', 'late-1')).toEqual({ ok: false, refusal: 'controlPaused' });
  await request(a, 'p01', 'still-1');
  expect(b.state.version).toBe(2);
  expect(told).toBe(before);
});
