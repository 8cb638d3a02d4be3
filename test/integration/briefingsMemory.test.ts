import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Briefings, type BriefingsOptions } from '../../server/journal/briefings.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { Registry } from '../../server/journal/registry.ts';
import { type JournalServer, quiet, startJournalServer } from '../support/journals.ts';
import { system, testPlan } from '../support/plan.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

/** Which briefings a server has in memory, and how it comes to know of them. */
let redis: TestRedis;
let prefix = '';
const open: (() => Promise<void>)[] = [];
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(({ task, onTestFinished }) => {
  prefix = `p${task.id}`;
  onTestFinished(async () => {
    for (const close of open.splice(0)) await close();
  });
});

interface House {
  readonly briefings: Briefings;
  readonly server: JournalServer;
  readonly registry: Registry;
  /** What is in memory, as those who serve have been told. */
  readonly served: Set<string>;
}

async function house(options: Partial<BriefingsOptions> = {}): Promise<House> {
  const server = await startJournalServer(redis.url);
  const registry = new Registry({ redis: server.redis, prefix });
  const briefings = await Briefings.create({
    registry,
    openJournal: (id) => server.open(`${prefix}-${id}`),
    now: Date.now,
    log: quiet,
    lookMs: 20,
    restMs: 60_000,
    ...options,
  });
  const served = new Set<string>();
  briefings.each((id) => {
    served.add(id);
    return () => served.delete(id);
  });
  open.push(async () => {
    await briefings.close();
    await server.close();
  });
  return { briefings, server, registry, served };
}

const planned = (id: string) => (journal: Journal) =>
  journal.submit({ type: 'briefing.plan', plan: { ...testPlan(2), id } }, system, `plan-${id}`);
const step = (journal: Journal | undefined, to: 'open' | 'close') =>
  journal?.submit({ type: 'phase.step', step: to }, system, `${to}-it`);

test('what one server makes, another opens without being asked', async () => {
  const [one, two] = [await house(), await house()];
  expect((await one.briefings.make('b1', planned('b1'))).ok).toBe(true);
  expect([...one.served]).toEqual(['b1']);
  await until(() => two.served.has('b1'), { what: 'the second server to serve it' });
  await step(one.briefings.get('b1'), 'open');
  await until(() => two.briefings.get('b1')?.state.phase === 'gathering', { what: 'it to open' });
});

test('a server that begins later knows all there are, in the order of their making', async () => {
  const one = await house();
  for (const id of ['z1', 'a2', 'm3']) await one.briefings.make(id, planned(id));
  const two = await house();
  expect([...two.served].sort()).toEqual(['a2', 'm3', 'z1']);
  expect((await two.briefings.summaries()).map(({ id }) => id)).toEqual(['z1', 'a2', 'm3']);
});

test('whoever asks for one that another has just made need not wait', async () => {
  const [one, two] = [await house(), await house({ lookMs: 3_600_000 })];
  await one.briefings.make('b1', planned('b1'));
  const [first, second] = await Promise.all([two.briefings.open('b1'), two.briefings.open('b1')]);
  expect(first?.state.version).toBe(1);
  expect(second).toBe(first);
  expect(await two.briefings.open('b2')).toBeUndefined();
});

test('what is refused is in no registry', async () => {
  const { briefings, registry } = await house();
  const answer = await briefings.make('b1', (journal) =>
    journal.submit({ type: 'briefing.plan', plan: testPlan(0) }, system, 'plan-b1'),
  );
  expect(answer).toEqual({ ok: false, refusal: 'malformed' });
  expect(await registry.all()).toEqual([]);
  expect(briefings.get('b1')).toBeUndefined();
});

test('a closed one is let go once nobody holds it, and is opened again on demand', async () => {
  const { briefings, served } = await house({ restMs: 0 });
  await briefings.make('b1', planned('b1'));
  await briefings.make('b2', planned('b2'));
  const release = briefings.hold('b1');
  for (const id of ['b1', 'b2']) {
    await step(briefings.get(id), 'open');
    await step(briefings.get(id), 'close');
  }
  await until(() => !served.has('b2'), { what: 'the one that nobody holds to be let go' });
  expect(briefings.get('b1')?.state.phase).toBe('closed');
  release();
  release();
  await until(() => served.size === 0, { what: 'the other to be let go' });
  expect((await briefings.summaries()).map(({ id, phase }) => `${id} ${phase}`)).toEqual([
    'b1 closed',
    'b2 closed',
  ]);
  expect((await briefings.open('b1'))?.state.version).toBe(3);
  expect(served.has('b1')).toBe(true);
});

test('what is open stays, however long nobody uses it', async () => {
  const { briefings, served } = await house({ restMs: 0 });
  await briefings.make('b1', planned('b1'));
  await briefings.make('b2', planned('b2'));
  await step(briefings.get('b2'), 'open');
  await step(briefings.get('b2'), 'close');
  await until(() => !served.has('b2'), { what: 'a look around' });
  expect(served.has('b1')).toBe(true);
});

test('a name that Redis has lost is entered again by whoever knows it', async () => {
  const { briefings, server, registry } = await house();
  await briefings.make('b1', planned('b1'));
  await server.redis.del(`${prefix}:briefings`);
  await until(async () => (await registry.all()).includes('b1'), { what: 'it to be there again' });
});
