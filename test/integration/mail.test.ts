import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { quiet } from '../support/journals.ts';
import { body, header, type Mailbox, startMailbox } from '../support/mailbox.ts';
import {
  type NoticesServer,
  type NoticesServerOptions,
  startNoticesServer,
} from '../support/noticesServer.ts';
import { system, testPlan } from '../support/plan.ts';
import { Play } from '../support/play.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

let redis: TestRedis;
let post: Mailbox;
let prefix = '';
let open: NoticesServer[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await redis.stop();
});
beforeEach(async ({ task }) => {
  prefix = task.id;
  open = [];
  post = await startMailbox();
});
afterEach(async () => {
  await Promise.all(open.map((server) => server.close()));
  await post.close();
});

/** Three points and the chair, planned now, to begin in two days. */
function planned(over: Partial<BriefingState> = {}): BriefingState {
  const play = new Play();
  const startsAt = new Date(Date.now() + 48 * 3_600_000).toISOString();
  const title = { vi: 'Giao ban tháng 6', en: 'Briefing of June' };
  play.done({ type: 'briefing.plan', plan: { ...testPlan(3), startsAt, title } }, system);
  return { ...play.state, phaseSince: Date.now(), ...over };
}

async function server(state: () => BriefingState, o: Partial<NoticesServerOptions> = {}) {
  const { url: redisUrl } = redis;
  const started = await startNoticesServer({
    redisUrl,
    prefix,
    smtpPort: post.port,
    state,
    log: quiet,
    ...o,
  });
  open.push(started);
  return started;
}

const addresses = { p01: ['a@example.vn', 'b@example.vn'], p02: ['c@example.vn'] };
const recipients = () => post.mails.map(({ to }) => to.join()).sort();
const failed = async ({ notices }: NoticesServer) =>
  (await Promise.all(notices.queues.map((queue) => queue.getFailedCount()))).reduce(
    (a, b) => a + b,
  );

test('two servers set the invitations: each point gets its letter once, in both languages', async () => {
  const state = planned();
  const told: string[] = [];
  const tell = (notice: string) => void told.push(notice);
  const servers = [await server(() => state, { tell }), await server(() => state, { tell })];
  await servers[0]?.contacts.set(state.id, addresses);
  await Promise.all(servers.map((each) => each.follow(state)));
  await until(() => post.mails.length === 2, { what: 'both letters' });
  expect(recipients()).toEqual(['a@example.vn,b@example.vn', 'c@example.vn']);
  const [mail] = post.mails;
  if (!mail) throw new Error('no mail');
  expect(mail.from).toBe('diemcau@example.vn');
  expect(header(mail, 'subject')).toBe(
    'Giấy mời họp trực tuyến: Giao ban tháng 6 / Invitation to a video briefing: Briefing of June',
  );
  expect(header(mail, 'auto-submitted')).toBe('auto-generated');
  expect(body(mail)).toContain('Trân trọng kính mời quý đơn vị tham dự');
  // Whoever sets it again, and whatever the queues remember: nobody gets a second one.
  for (const queue of servers.flatMap(({ notices }) => notices.queues)) {
    await until(async () => (await queue.getActiveCount()) === 0, { what: 'nothing under way' });
    await queue.clean(0, 1_000, 'completed');
  }
  await servers[1]?.follow(state);
  const [first] = told;
  await until(() => told.length === 2, { what: 'the notice again' });
  expect(told).toEqual([first, first]);
  await until(async () => (await servers[0]?.notices.queues[1]?.getCompletedCount()) === 2, {
    what: 'both letters looked at again',
  });
  expect(post.mails).toHaveLength(2);
});

test('who can be reached only later is invited then; another time is said to be another', async () => {
  let state = planned();
  const { notices, contacts, follow } = await server(() => state);
  await follow(state);
  await until(async () => (await notices.queues[0]?.getCompletedCount()) === 1, {
    what: 'the invitation that reached nobody',
  });
  await contacts.set(state.id, addresses);
  await notices.contactsChanged(state);
  await until(() => post.mails.length === 2, { what: 'the invitations' });
  await contacts.set(state.id, { ...addresses, p03: ['d@example.vn'] });
  await notices.contactsChanged(state);
  await until(() => post.mails.length === 3, { what: 'the third' });
  expect(recipients()).toContain('d@example.vn');

  const later = new Date(Date.parse(state.startsAt) + 3_600_000).toISOString();
  state = { ...state, startsAt: later };
  await follow(state);
  await until(() => post.mails.length === 6, { what: 'the new invitations' });
  const changed = post.mails.slice(3).map((mail) => header(mail, 'subject'));
  for (const subject of changed) expect(subject).toContain('Thay đổi thời gian họp');
});

test('a post that is busy is tried again; what it will never take is given up, for people to see', async () => {
  const state = planned();
  post.refuse(451);
  const started = await server(() => state);
  await started.contacts.set(state.id, { p01: ['a@example.vn'] });
  await started.follow(state);
  await until(() => post.mails.length === 1, { what: 'the second try' });
  expect(await failed(started)).toBe(0);
  post.refuse(550);
  await started.contacts.set(state.id, { p02: ['nobody@example.vn'] });
  await started.notices.contactsChanged(state);
  await until(async () => (await failed(started)) === 1, { what: 'the failure' });
  const [failure] = (await started.notices.queues[1]?.getFailed()) ?? [];
  expect(failure?.failedReason).toMatch(/refused/);
  // Technicians look there: it says nothing of whose mail it was.
  expect(JSON.stringify(failure)).not.toMatch(/@/);
  // A better address is another try.
  await started.contacts.set(state.id, { p02: ['somebody@example.vn'] });
  await started.notices.contactsChanged(state);
  await until(() => post.mails.length === 2, { what: 'the better address' });
  expect(post.mails.at(-1)?.to).toEqual(['somebody@example.vn']);
});

test('a reminder comes in its hour; what has become void meanwhile does not', async () => {
  let state = planned();
  let now = Date.now();
  const started = await server(() => state, { now: () => now });
  await started.contacts.set(state.id, { p00: ['chair@example.vn'], p01: ['a@example.vn'] });
  await started.follow(state);
  await until(() => post.mails.length === 1, { what: 'the invitation' });
  const [queue] = started.notices.queues;
  const hourOf = async (kind: string, at: number) => {
    now = at;
    const jobs = (await queue?.getDelayed()) ?? [];
    await jobs.find(({ name }) => name === kind)?.promote();
  };
  const start = Date.parse(state.startsAt);
  await hourOf('dayBefore', start - 24 * 3_600_000);
  await until(() => post.mails.length === 3, { what: 'the reminders' });
  expect(recipients()).toEqual(['a@example.vn', 'a@example.vn', 'chair@example.vn']);
  state = { ...state, phase: 'closed', phaseSince: now };
  await hourOf('hourBefore', start - 3_600_000);
  await until(async () => (await queue?.getCompletedCount()) === 3, { what: 'the void reminder' });
  expect(await started.notices.queues[1]?.getJobCountByTypes()).toBe(3);
  expect(post.mails).toHaveLength(3);
});

test('a server dies with a letter in its hands: another posts it', async () => {
  const state = planned();
  post.hold(true);
  const setter = await server(() => state);
  await setter.contacts.set(state.id, { p01: ['a@example.vn'] });
  await setter.close();
  open = [];
  const args = [redis.url, prefix, String(post.port), JSON.stringify(state)];
  const script = new URL('../support/noticesChild.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
  children.push(child);
  await until(() => post.held === 1, { what: 'the child has handed over the letter' });
  await server(() => state);
  const dead = once(child, 'exit');
  child.kill('SIGKILL');
  await dead;
  expect(post.mails).toEqual([]);
  post.hold(false);
  await until(() => post.mails.length === 1, { what: 'the letter', timeoutMs: 20_000 });
  expect(post.mails[0]?.to).toEqual(['a@example.vn']);
});

test('a post that asks who we are is told; a wrong password is no reason to give up', async () => {
  await post.close();
  post = await startMailbox({ user: 'diemcau', password: 'right' });
  const state = planned();
  const wrong = await server(() => state, { login: { user: 'diemcau', password: 'wrong' } });
  await wrong.contacts.set(state.id, { p01: ['a@example.vn'] });
  await wrong.follow(state);
  const mails = wrong.notices.queues[1];
  await until(async () => (await mails?.getDelayedCount()) === 1, { what: 'a failed try' });
  await wrong.close();
  open = [];
  await server(() => state, { login: { user: 'diemcau', password: 'right' } });
  await until(() => post.mails.length === 1, { what: 'the letter' });
});
