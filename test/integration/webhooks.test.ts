import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Command } from '../../server/domain/command.ts';
import type { Actor } from '../../server/domain/permits.ts';
import { forOffice } from '../../server/gateway/audience.ts';
import { openConnections } from '../../server/jobs/queue.ts';
import { WebhookStore } from '../../server/jobs/webhookStore.ts';
import { Webhooks } from '../../server/jobs/webhooks.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { webhookSecret } from '../../server/notify/signature.ts';
import { createSender } from '../../server/notify/webhookSender.ts';
import { type HookReceiver, isGenuine, startHookReceiver } from '../support/hookReceiver.ts';
import { type JournalServer, quiet, startJournalServer } from '../support/journals.ts';
import { chair, point, system, testPlan } from '../support/plan.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const secret = new Uint8Array(32).fill(5);
let redis: TestRedis;
let receiver: HookReceiver;
let prefix = '';
let ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async ({ task }) => {
  prefix = task.id;
  ends = [];
  receiver = await startHookReceiver();
});
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  await receiver.close();
});

interface Server {
  readonly hooks: Webhooks;
  readonly journal: Journal;
  readonly store: WebhookStore;
  end(): Promise<void>;
}

/** As much of a server as webhooks need: a journal that they follow, as `notifying.ts` has it. */
async function server(briefing: string, o: { readonly now?: () => number } = {}): Promise<Server> {
  const journals: JournalServer = await startJournalServer(redis.url);
  const journal = await journals.open(briefing);
  const connections = openConnections({ redisUrl: redis.url, prefix, log: quiet });
  const store = new WebhookStore({ redis: journals.redis, prefix });
  const now = o.now ?? Date.now;
  const hooks = await Webhooks.create({
    connections,
    store,
    sender: createSender({ networks: [], timeoutMs: 500, now: Date.now }),
    secretOf: (id) => webhookSecret(secret, id),
    shown: forOffice,
    open: async (id) => (id === briefing ? journal : undefined),
    now,
    log: quiet,
    lookMs: 50,
    retryDelay: () => 50,
  });
  const follow = () => journal.state.version > 0 && hooks.follow(briefing, journal.state.version);
  journal.subscribe(follow);
  follow();
  let ended = false;
  const end = async () => {
    if (ended) return;
    ended = true;
    await hooks.close();
    connections.close();
    await journals.close();
  };
  ends.push(end);
  return { hooks, journal, store, end };
}

let commands = 0;
async function done(journal: Journal, command: Command, by: Actor = chair): Promise<void> {
  commands += 1;
  const answer = await journal.submit(command, by, `c${commands}`);
  if (!answer.ok) throw new Error(`${command.type}: ${answer.refusal}`);
}

async function opened(journal: Journal, briefing: string): Promise<void> {
  const plan = { ...testPlan(3), id: briefing };
  await done(journal, { type: 'briefing.plan', plan }, system);
  await done(journal, { type: 'phase.step', step: 'open' });
}

const events = () => receiver.received.flatMap(({ json }) => json.events ?? []);
const versions = () => events().map(({ version }: { version: number }) => version);

async function added(hooks: Webhooks, o: Partial<Parameters<Webhooks['add']>[0]> = {}) {
  const result = await hooks.add({ url: receiver.url, briefing: null, events: [], ...o });
  if (!result.ok) throw new Error(result.refusal);
  return result;
}

test('what happens is told in order, signed, each event once though two servers see it', async ({
  task,
}) => {
  const [a, b] = [await server(task.id), await server(task.id)];
  const { webhook, secret: own } = await added(a.hooks);
  await until(async () => (await b.hooks.list()).length === 1, { what: 'known to both' });
  await opened(a.journal, task.id);
  for (let i = 1; i <= 3; i++) {
    const seat = `p0${i}`;
    await done(
      i % 2 ? a.journal : b.journal,
      { type: 'seat.join', seat, connection: seat },
      system,
    );
  }
  const head = () => Math.max(a.journal.state.version, b.journal.state.version);
  await until(() => versions().at(-1) === head(), { what: 'all of it', seen: versions });
  expect(versions()).toEqual(Array.from({ length: head() }, (_, i) => i + 1));
  for (const each of receiver.received) {
    const now = Date.now() / 1_000;
    expect(isGenuine(each, { secret: own, now })).toBe(true);
    expect(isGenuine(each, { secret: 'another', now })).toBe(false);
    expect(each.json).toMatchObject({ webhook: webhook.id, briefing: task.id });
  }
  expect(events()[0]).toMatchObject({ version: 1, event: { type: 'briefing.planned' } });
});

test('only what was asked for, from then on; of a secret vote nobody learns a choice', async ({
  task,
}) => {
  const { hooks, journal } = await server(task.id);
  await opened(journal, task.id);
  await done(journal, { type: 'phase.step', step: 'begin' });
  const before = journal.state.version;
  await until(() => Date.now() > journal.state.phaseSince, { what: 'a moment later' });
  await added(hooks, { events: ['vote.cast'] });
  await added(hooks, { events: ['phase.changed'], briefing: 'another' });
  await done(journal, { type: 'seat.join', seat: 'p01', connection: 'x' }, system);
  const options = ['Đồng ý', 'Không đồng ý'];
  await done(journal, { type: 'vote.open', question: 'Nhất trí?', options, secret: true });
  const vote = journal.state.votes[0]?.id ?? '';
  await done(journal, { type: 'vote.cast', vote, seat: 'p01', option: 1 }, point('p01'));
  await until(() => events().length === 1, { what: 'the vote' });
  const [{ version, event }] = events();
  expect(version).toBeGreaterThan(before);
  expect(event).toMatchObject({ type: 'vote.cast', seat: 'p01', option: null });
  await done(journal, { type: 'phase.step', step: 'close' });
  await done(journal, { type: 'message.send', to: 'all', text: 'x' }).catch(() => {});
  expect(events()).toHaveLength(1);
});

test('an address that fails is tried again and misses nothing, whichever server goes on', async ({
  task,
}) => {
  const a = await server(task.id);
  receiver.answer(500);
  await added(a.hooks);
  await opened(a.journal, task.id);
  await until(() => receiver.received.length > 1, { what: 'a second try' });
  const [first, second] = receiver.received;
  expect(second?.headers['diemcau-delivery']).toBe(first?.headers['diemcau-delivery']);
  const b = await server(task.id);
  await a.end();
  await done(b.journal, { type: 'seat.join', seat: 'p01', connection: 'x' }, system);
  const failures = receiver.received.length;
  receiver.answer(204);
  const head = b.journal.state.version;
  const good = () => receiver.received.slice(failures).flatMap(({ json }) => json.events);
  await until(() => good().at(-1)?.version === head, { what: 'all of it', seen: good });
  const seen = good().map(({ version }: { version: number }) => version);
  expect([...new Set(seen)]).toEqual(Array.from({ length: head }, (_, i) => i + 1));
});

test('redirects are not followed; no answer in time is a failure', async ({ task }) => {
  const elsewhere = await startHookReceiver();
  ends.push(() => elsewhere.close());
  const { hooks, journal, store } = await server(task.id);
  receiver.answer(307, { location: elsewhere.url });
  const { webhook } = await added(hooks);
  await opened(journal, task.id);
  await until(() => receiver.received.length > 2, { what: 'tries' });
  receiver.answer(0);
  const before = receiver.received.length;
  await until(() => receiver.received.length > before + 1, { what: 'tries after no answer' });
  expect(elsewhere.received).toEqual([]);
  expect(await store.toldUpTo(webhook.id, task.id)).toBeUndefined();
});

test('a day of failures is enough, and so is "gone"; what is removed is told nothing', async ({
  task,
}) => {
  let now = Date.now();
  const { hooks, journal } = await server(task.id, { now: () => now });
  receiver.answer(503);
  await added(hooks);
  await opened(journal, task.id);
  await until(() => receiver.received.length >= 25, { what: 'many failures' });
  // Many in a short time are a restart of theirs.
  expect((await hooks.list())[0]?.disabledSince).toBeNull();
  now += 24 * 3_600_000;
  await until(async () => (await hooks.list())[0]?.disabledSince === now, { what: 'disabled' });
  const total = receiver.received.length;

  const gaveUp = now;
  now = Date.now();
  receiver.answer(410);
  const second = await added(hooks);
  await done(journal, { type: 'seat.join', seat: 'p01', connection: 'x' }, system);
  await until(async () => (await hooks.list())[1]?.disabledSince === now, { what: 'gone' });
  expect((await hooks.list())[0]?.disabledSince).toBe(gaveUp);
  expect(receiver.received).toHaveLength(total + 1);
  const failed = await hooks.queue.getFailed();
  expect(failed.map(({ failedReason }) => failedReason).sort()).toEqual([
    expect.stringMatching(/^\d+ failures$/),
    'it is gone',
  ]);

  expect(await hooks.remove(second.webhook.id)).toBe(true);
  expect(await hooks.remove(second.webhook.id)).toBe(false);
  expect(await hooks.list()).toHaveLength(1);
});

test('a notice goes to those who asked for its kind', async ({ task }) => {
  const { hooks } = await server(task.id);
  await added(hooks, { events: ['notice.dayBefore'] });
  const notice = {
    id: 'dayBefore-x',
    kind: 'dayBefore',
    at: 0,
    until: Date.now() + 60_000,
    seats: ['p01'],
    directive: null,
    date: null,
  } as const;
  await hooks.tell(task.id, { ...notice, id: 'invitation-x', kind: 'invitation' });
  await hooks.tell(task.id, notice);
  await hooks.tell(task.id, notice);
  await until(() => receiver.received.length === 1, { what: 'the notice' });
  expect(receiver.received[0]?.json).toMatchObject({ briefing: task.id, notice });
});

test('a closed network is refused', async ({ task }) => {
  const { hooks } = await server(task.id);
  const wish = { url: 'https://10.0.0.1/', briefing: null, events: [] };
  expect(await hooks.add(wish)).toEqual({ ok: false, refusal: 'addressNotAllowed' });
  expect(await hooks.list()).toEqual([]);
});
