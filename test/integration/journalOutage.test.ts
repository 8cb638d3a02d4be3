import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Answer, Journal } from '../../server/journal/journal.ts';
import {
  faultsOf,
  fold,
  type JournalServer,
  type quiet,
  readJournal,
  startJournalServer,
} from '../support/journals.ts';
import { chair, point, seatId, system, testPlan } from '../support/plan.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { type RedisProxy, startRedisProxy } from '../support/redisProxy.ts';
import { until } from '../support/until.ts';

/** Redis breaks, and what was accepted is there, once; what was not, is not. */

const briefing = 'outage';
let redis: TestRedis;
let proxy: RedisProxy;
let servers: JournalServer[];
const logged: string[] = [];
const log: typeof quiet = pino(
  { level: 'error' },
  { write: (line: string) => void logged.push(line) },
);

beforeEach(async () => {
  logged.length = 0;
  redis = await startRedis({ appendfsync: 'always' });
  proxy = await startRedisProxy(redis.port);
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((s) => s.close()));
  await proxy.close();
  await redis.stop();
});

async function open(url: string): Promise<{ journal: Journal; server: JournalServer }> {
  const server = await startJournalServer(url, { log });
  servers.push(server);
  const journal = await server.open(briefing);
  if (journal.state.version === 0) {
    await journal.submit({ type: 'briefing.plan', plan: testPlan(40) }, system, 'plan');
    await journal.submit({ type: 'phase.step', step: 'open' }, system, 'open');
  }
  return { journal, server };
}

const ask = (journal: Journal, seat: string, id: string) =>
  journal.submit({ type: 'floor.request', beneficiary: seat }, point(seat), id);
const running = (...journals: Journal[]) =>
  until(() => journals.every((j) => j.condition === 'running'), { what: 'control is back' });
const paused = { ok: false, refusal: 'controlPaused' };

test('Redis is killed under load and comes back: nothing accepted is lost or done twice', async () => {
  const a = await open(redis.url);
  const b = await open(redis.url);
  const answers = new Map<string, Answer>();
  const count = (what: (x: Answer) => boolean) => [...answers.values()].filter(what).length;
  const accepted = () => count((x) => x.ok);
  const refusedAsPaused = () => count((x) => !x.ok && x.refusal === 'controlPaused');
  let stop = false;
  const workers = [a, b].flatMap(({ journal }, server) =>
    Array.from({ length: 20 }, async (_, i) => {
      const seat = seatId(1 + server * 20 + i);
      for (let turn = 0; !stop; turn++) {
        const id = `${seat}-${turn}`;
        const type = journal.state.seats[seat]?.muted ? 'seat.unmute' : 'seat.mute';
        answers.set(id, await journal.submit({ type, seat }, chair, id));
        // Refusals need no reply from Redis, so let the event loop breathe.
        await new Promise(setImmediate);
      }
    }),
  );
  await until(() => accepted() > 500, { what: 'load' });
  for (let round = 0; round < 3; round++) {
    await redis.kill();
    const before = refusedAsPaused();
    await until(() => refusedAsPaused() > before + 100, { what: 'refusals while Redis is away' });
    await redis.restart();
    await running(a.journal, b.journal);
    const then = accepted();
    await until(() => accepted() > then + 200, { what: 'load goes on' });
  }
  stop = true;
  await Promise.all(workers);
  await until(() => a.journal.state.version === b.journal.state.version, { what: 'same version' });

  const recorded = await readJournal(a.server.redis, briefing);
  expect(faultsOf(recorded)).toEqual([]);
  const versions = new Map<string, number[]>();
  for (const { command, version } of recorded) {
    versions.set(command, [...(versions.get(command) ?? []), version]);
  }
  for (const [id, answer] of answers) {
    expect({ id, at: versions.get(id) ?? [] }).toEqual({
      id,
      at: answer.ok ? [answer.version] : [],
    });
  }
  expect(a.journal.state).toEqual(fold(recorded));
  expect(b.journal.state).toEqual(fold(recorded));
});

test('the reply to an append is lost: the journal says that it was done', async () => {
  const { journal, server } = await open(proxy.url);
  const other = await open(redis.url);
  proxy.swallowReplies();
  const answer = ask(journal, 'p01', 'unheard');
  await until(() => other.journal.state.version === 3, { what: 'the append reaches Redis' });
  await until(() => journal.condition === 'paused', { what: 'control pauses' });
  expect(await ask(journal, 'p02', 'meanwhile')).toEqual(paused);
  proxy.cut();
  expect(await answer).toEqual({ ok: true, version: 3 });
  await running(journal);
  expect(await ask(journal, 'p02', 'afterwards')).toEqual({ ok: true, version: 4 });
  const commands = (await readJournal(server.redis, briefing)).map((r) => r.command);
  expect(commands).toEqual(['plan', 'open', 'unheard', 'afterwards']);
});

test('the append itself is lost: it is decided again, on what others did meanwhile', async () => {
  const { journal, server } = await open(proxy.url);
  const other = await open(redis.url);
  proxy.swallowRequests();
  const mute = journal.submit({ type: 'seat.mute', seat: 'p01' }, chair, 'lost-mute');
  const request = ask(journal, 'p02', 'lost-request');
  await until(() => journal.condition === 'paused', { what: 'control pauses' });
  await other.journal.submit({ type: 'seat.mute', seat: 'p01' }, chair, 'other-mute');
  proxy.cut();
  expect(await mute).toEqual({ ok: false, refusal: 'alreadyMuted' });
  expect(await request).toEqual({ ok: true, version: 4 });
  const commands = (await readJournal(server.redis, briefing)).map((r) => r.command);
  expect(commands).toEqual(['plan', 'open', 'other-mute', 'lost-request']);
});

test('Redis freezes: commands are refused, and all goes on when it thaws', async () => {
  const { journal } = await open(redis.url);
  const conditions: string[] = [];
  journal.onCondition((condition) => conditions.push(condition));
  redis.pause();
  const first = ask(journal, 'p01', 'first');
  const second = ask(journal, 'p02', 'second');
  await until(() => journal.condition === 'paused', { what: 'control pauses' });
  expect(await ask(journal, 'p03', 'third')).toEqual(paused);
  redis.resume();
  expect(await Promise.all([first, second])).toEqual([
    { ok: true, version: 3 },
    { ok: true, version: 4 },
  ]);
  await running(journal);
  expect(await ask(journal, 'p03', 'third')).toEqual({ ok: true, version: 5 });
  expect(conditions).toEqual(['paused', 'running']);
});

test('an idle server notices that Redis went, and takes no word from it unchecked', async () => {
  const { journal } = await open(redis.url);
  await redis.kill();
  await until(() => journal.condition === 'paused', { what: 'control pauses' });
  expect(await ask(journal, 'p01', 'too-early')).toEqual(paused);
  await redis.restart();
  await running(journal);
  expect(await ask(journal, 'p01', 'again')).toEqual({ ok: true, version: 3 });
});

test('Redis says no to writing: refused, and not done', async () => {
  const { journal, server } = await open(redis.url);
  await server.redis.configSet('maxmemory', '1');
  expect(await ask(journal, 'p01', 'no-room')).toEqual(paused);
  await server.redis.configSet('maxmemory', '0');
  await running(journal);
  expect(await ask(journal, 'p01', 'no-room')).toEqual({ ok: true, version: 3 });
});

test.each([
  ['a command', (journal: Journal) => ask(journal, 'p02', 'finds-it')],
  ['reconnecting', async () => proxy.cut()],
])('a journal that lost its end is not continued: found by %s', async (_, find) => {
  const { journal } = await open(proxy.url);
  await ask(journal, 'p01', 'kept');
  const seen = journal.state;
  const { server } = await open(redis.url);
  await server.redis.flushAll();
  await find(journal);
  await until(() => journal.condition === 'regressed', { what: 'the loss is found' });
  expect(await ask(journal, 'p03', 'after')).toEqual(paused);
  expect(journal.state).toEqual(seen);
  expect(await readJournal(server.redis, briefing)).toEqual([]);
  expect(logged.join()).toContain('has gone back');
});

test('a journal that was rewritten past where this server was is not continued either', async () => {
  const { journal } = await open(proxy.url);
  await ask(journal, 'p01', 'kept');
  const seen = journal.state;
  const spare = await startJournalServer(redis.url);
  servers.push(spare);
  proxy.cut();
  await spare.redis.flushAll();
  const { journal: another } = await open(redis.url);
  for (const seat of ['p05', 'p06', 'p07', 'p08']) await ask(another, seat, `other-${seat}`);
  await until(() => journal.condition === 'regressed', { what: 'the other history is found' });
  expect(journal.state).toEqual(seen);
});

test('a server that starts on less journal than its snapshot tells of does not go on from it', async () => {
  const { journal, server } = await open(redis.url);
  const many = Array.from({ length: 520 }, (_, i) =>
    journal.submit({ type: i % 2 ? 'seat.unmute' : 'seat.mute', seat: 'p01' }, chair, `m-${i}`),
  );
  await Promise.all(many);
  const key = `diemcau:{${briefing}}`;
  await until(async () => (await server.redis.exists(`${key}:snapshot`)) === 1, {
    what: 'a snapshot',
  });
  await server.redis.del(`${key}:journal`);
  const late = await startJournalServer(redis.url);
  servers.push(late);
  const opened = await late.open(briefing);
  expect(opened.condition).toBe('regressed');
  expect(await ask(opened, 'p01', 'no')).toEqual(paused);
});
