import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pino } from 'pino';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Command } from '../../server/domain/command.ts';
import { createJobs, type Jobs, type SubmitCommand } from '../../server/jobs/jobs.ts';
import { quiet } from '../support/journals.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

let redis: TestRedis;
let prefix = '';
let open: Jobs[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  redis = await startRedis({ appendfsync: 'always' });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await redis.stop();
});
beforeEach(({ task }) => {
  prefix = task.id;
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((jobs) => jobs.close()));
});

async function server(submit: SubmitCommand, log = quiet): Promise<Jobs> {
  const jobs = await createJobs({ redisUrl: redis.url, prefix, submit, log });
  open.push(jobs);
  return jobs;
}

/** The timer of a loss, as `timersDue` names it. */
const grace = (lostAtVersion: number, seat = 'p01') => ({
  id: `grace-b-${seat}-${lostAtVersion}`,
  briefing: 'b',
  command: { type: 'floor.expireGrace', seat, lostAtVersion } as const,
});

test('set by two servers, a timer goes off once, at one of them', async () => {
  const done: { command: Command; id: string }[] = [];
  const submit: SubmitCommand = async (briefing, command, id) => {
    expect(briefing).toBe('b');
    done.push({ command, id });
    return { ok: true };
  };
  const servers = [await server(submit), await server(submit)];
  await Promise.all(
    servers.flatMap((jobs) => [
      jobs.schedule({ ...grace(7), delayMs: 150 }),
      jobs.schedule({ ...grace(9), delayMs: 150 }),
    ]),
  );
  await until(() => done.length >= 2, { what: 'both losses' });
  // Set late, by a server that was slow: over is over. The one after it shows that time passed.
  await servers[0]?.schedule({ ...grace(7), delayMs: 0 });
  await servers[1]?.schedule({ ...grace(11), delayMs: 0 });
  await until(() => done.length >= 3, { what: 'the third loss' });
  const ids = [7, 9, 11].map((version) => `grace-b-p01-${version}`);
  expect(done.map((d) => d.id).sort()).toEqual([...ids].sort());
  expect(done.find((d) => d.id === ids[0])?.command).toEqual({
    type: 'floor.expireGrace',
    seat: 'p01',
    lostAtVersion: 7,
  });
});

test('paused control is tried again until it is back; any other refusal is an end', async () => {
  let tries = 0;
  const jobs = await server(async (_, command) => {
    if (command.type === 'floor.expireGrace' && command.seat === 'p02') {
      tries += 100;
      return { ok: false, refusal: 'staleTimer' };
    }
    tries++;
    return tries < 3 ? { ok: false, refusal: 'controlPaused' } : { ok: true };
  });
  await jobs.schedule({ ...grace(7), delayMs: 0 });
  await until(() => tries === 3, { what: 'the third try' });
  await jobs.schedule({ ...grace(7, 'p02'), delayMs: 0 });
  await until(() => tries >= 103, { what: 'the refused one' });
  await jobs.schedule({ ...grace(8, 'p02'), delayMs: 400 });
  await until(() => tries >= 203, { what: 'a later one' });
  expect(tries).toBe(203);
});

test('a server dies over a timer: another does it', async () => {
  const child = spawn(
    process.execPath,
    [new URL('../support/jobsChild.ts', import.meta.url).pathname, redis.url, prefix],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  await once(child.stdout, 'data');
  const notes = createClient({ url: redis.url });
  await notes.connect();
  const other: string[] = [];
  let holdOff = true;
  // The other server gives the job back until the child has it.
  const setter = await server(async (_, __, id) => {
    if (holdOff) return { ok: false, refusal: 'controlPaused' };
    other.push(id);
    return { ok: true };
  });
  await setter.schedule({ ...grace(7), delayMs: 0 });
  await until(async () => (await notes.lLen(`${prefix}:begun`)) === 1, {
    what: 'the child has it',
  });
  expect(other).toEqual([]);
  holdOff = false;
  child.kill('SIGKILL');
  await until(() => other.length > 0, { what: 'taken over', timeoutMs: 20_000 });
  expect(other).toEqual(['grace-b-p01-7']);
  notes.destroy();
});

test('a timer set while Redis is away is set when it is back; timers outlive its death', async () => {
  const done: string[] = [];
  const jobs = await server(async (_, __, id) => {
    done.push(id);
    return { ok: true };
  });
  await jobs.schedule({ ...grace(7), delayMs: 600 });
  await redis.kill();
  const setting = jobs.schedule({ ...grace(8), delayMs: 600 });
  await redis.restart();
  await setting;
  await until(() => done.length === 2, { what: 'both timers' });
  expect(done.sort()).toEqual(['grace-b-p01-7', 'grace-b-p01-8']);
});

test('a Redis that may evict timers is an error in the log', async () => {
  const lines: string[] = [];
  const log: typeof quiet = pino(
    { level: 'error' },
    { write: (line: string) => void lines.push(line) },
  );
  const evicting = await startRedis({ maxmemoryPolicy: 'allkeys-lru' });
  const submit: SubmitCommand = async () => ({ ok: true });
  try {
    await (await createJobs({ redisUrl: evicting.url, prefix, submit, log })).close();
    expect(lines.join()).toContain('noeviction');
    lines.length = 0;
    await (await createJobs({ redisUrl: redis.url, prefix, submit, log })).close();
    expect(lines).toEqual([]);
  } finally {
    await evicting.stop();
  }
});
