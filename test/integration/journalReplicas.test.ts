import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Journal } from '../../server/journal/journal.ts';
import { type JournalServer, readJournal, startJournalServer } from '../support/journals.ts';
import { chair, seatId, system, testPlan } from '../support/plan.ts';
import { freePort, RedisProcess } from '../support/redis.ts';
import { until } from '../support/until.ts';

/** What is not on a replica is neither accepted nor believed: a failover could undo it. */

const briefing = 'replicas';
const paused = { ok: false, refusal: 'controlPaused' };
let folder: string;
let primary: RedisProcess;
let replica: RedisProcess;
let servers: JournalServer[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diemcau-replicas-'));
  servers = [];
  const settings = { dir: folder, appendonly: 'no', 'repl-diskless-sync-delay': '0' };
  primary = await RedisProcess.create(await freePort(), settings);
  replica = await RedisProcess.create(await freePort(), {
    ...settings,
    replicaof: `127.0.0.1 ${primary.port}`,
  });
});
afterEach(async () => {
  await Promise.all(servers.map((s) => s.close()));
  await Promise.all([primary, replica].map((redis) => redis.end('SIGKILL')));
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Without `replicas` it is a server that believes what the primary says. */
async function open(replicas: number): Promise<Journal> {
  const server = await startJournalServer(`redis://127.0.0.1:${primary.port}`, { replicas });
  servers.push(server);
  const journal = await server.open(briefing);
  if (journal.state.version === 0) {
    await journal.submit({ type: 'briefing.plan', plan: testPlan(40) }, system, 'plan');
    await journal.submit({ type: 'phase.step', step: 'open' }, system, 'open');
  }
  return journal;
}

const inPrimary = async () => readJournal(servers[0]?.redis as JournalServer['redis'], briefing);
const mute = (journal: Journal, n: number) =>
  journal.submit({ type: 'seat.mute', seat: seatId(n) }, chair, `mute-${n}`);
const running = (journal: Journal) =>
  until(() => journal.condition === 'running', { what: 'control is back' });

test('a command is accepted when a replica has it, once, however late that is', async () => {
  const journal = await open(1);
  const told: number[] = [];
  journal.subscribe((events) => told.push(...events.map((e) => e.version)));
  replica.signal('SIGSTOP');
  let answered = false;
  const answer = mute(journal, 1).finally(() => {
    answered = true;
  });
  await until(() => journal.condition === 'paused', { what: 'control pauses' });
  expect(await mute(journal, 2)).toEqual(paused);
  // The primary has it, and still nobody is told.
  expect((await inPrimary()).map((r) => r.version)).toEqual([1, 2, 3]);
  expect({ answered, told, version: journal.state.version }).toEqual({
    answered: false,
    told: [],
    version: 2,
  });
  replica.signal('SIGCONT');
  expect(await answer).toEqual({ ok: true, version: 3 });
  await running(journal);
  expect(told).toEqual([3]);
  expect((await inPrimary()).map((r) => r.command)).toEqual(['plan', 'open', 'mute-1']);
});

test('what another server wrote is not believed before: not from the tail, not from a conflict', async () => {
  const careful = await open(1);
  const hasty = await open(0);
  const told: number[] = [];
  careful.subscribe((events) => told.push(...events.map((e) => e.version)));
  replica.signal('SIGSTOP');
  expect(await mute(hasty, 1)).toEqual({ ok: true, version: 3 });
  const answer = mute(careful, 2);
  await until(() => careful.condition === 'paused', { what: 'control pauses' });
  expect(told).toEqual([]);
  expect(careful.state.version).toBe(2);
  replica.signal('SIGCONT');
  await until(() => careful.state.version >= 3, { what: 'it is believed' });
  await running(careful);
  // The append found another there first, so it was not done; then, refused or decided again.
  expect([paused, { ok: true, version: 4 }]).toContainEqual(await answer);
  expect(await mute(careful, 2)).toEqual({ ok: true, version: 4 });
});

test('a server that starts waits until a replica follows', async () => {
  await open(0);
  await replica.end('SIGKILL');
  let opened = false;
  const starting = open(1).then((journal) => {
    opened = true;
    return journal;
  });
  const hasty = await open(0);
  expect(await mute(hasty, 1)).toEqual({ ok: true, version: 3 });
  expect(opened).toBe(false);
  await replica.start();
  expect((await starting).state.version).toBe(3);
});
