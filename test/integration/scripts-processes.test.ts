import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  endLeftoverRedis,
  ensureRedisServer,
  redisCommand,
  redisReady,
} from '../../scripts/redis.ts';
import { freePorts } from '../../scripts/startPlan.ts';
import { StartedProcess } from '../../scripts/startProcess.ts';
import { until } from '../support/until.ts';

const root = join(import.meta.dirname, '..', '..');
const guard = join(root, 'scripts', 'startGuard.ts');
const silent = () => {};

let folder: string;
const toClose: StartedProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diemcau-processes-'));
});
afterEach(async () => {
  await Promise.all(toClose.splice(0).map((each) => each.close()));
  await rm(folder, { recursive: true, force: true });
});

type Wanted = { name?: string; command?: string; args: string[]; note?: (line: string) => void };

async function start({ name = 'child', command = process.execPath, args, note = silent }: Wanted) {
  const options = { name, command, args, note, env: {}, cwd: root, logFolder: folder };
  const child = await StartedProcess.create(options);
  toClose.push(child);
  return child;
}

const log = (name = 'child') => readFile(join(folder, `${name}.log`), 'utf8');
const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const childSpoke = () =>
  until(async () => (await log()).includes('\n'), { what: 'the first line of the child' });

/** Prints its own process id, and lives until it is ended. */
const waiting = 'console.log(process.pid); setInterval(() => {}, 1000);';

describe('StartedProcess', () => {
  test('a process that dies is started again, with what it said kept', async () => {
    const notes: string[] = [];
    const child = await start({ args: ['-e', waiting], note: (line) => notes.push(line) });
    await childSpoke();
    process.kill(Number(await log()), 'SIGKILL');
    expect(await child.firstDeath).toBe('SIGKILL');
    await until(async () => (await log()).trim().split('\n').length === 2, {
      what: 'a second start',
    });
    const [first, second] = (await log()).trim().split('\n').map(Number);
    expect(second).not.toBe(first);
    expect(notes.join('\n')).toMatch(
      /child ended unasked \(SIGKILL\).*\n.*child was started again/,
    );
  });

  test('closing lets it end in order, and it is not started again', async () => {
    const orderly = `process.on('SIGTERM', () => { console.log('orderly'); process.exit(0); });`;
    const notes: string[] = [];
    const child = await start({
      args: ['-e', orderly + waiting],
      note: (line) => notes.push(line),
    });
    await childSpoke();
    await child.close();
    await child.close();
    expect(await log()).toContain('orderly');
    expect(alive(Number.parseInt(await log(), 10))).toBe(false);
    expect(notes).toEqual([]);
  });

  test('what it started itself dies with it', async () => {
    const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(waiting)}], { stdio: 'inherit' }); setInterval(() => {}, 1000);`;
    const child = await start({ args: ['-e', parent] });
    await childSpoke();
    const grandchild = Number(await log());
    await child.close();
    await until(() => !alive(grandchild), { what: 'the grandchild to end' });
  });

  test('with the guard, children of a killed starter end in order', async () => {
    const child = `process.on('SIGTERM', () => { console.log('orderly'); process.exit(0); });${waiting}`;
    const starter = `
      import { StartedProcess } from ${JSON.stringify(join(root, 'scripts/startProcess.ts'))};
      await StartedProcess.create({
        name: 'child', command: process.execPath, note: () => {}, env: {}, cwd: ${JSON.stringify(root)},
        args: ['--import', ${JSON.stringify(guard)}, '-e', ${JSON.stringify(child)}],
        logFolder: ${JSON.stringify(folder)},
      });
      setInterval(() => {}, 1000);`;
    const args = ['--input-type=module-typescript', '-e', starter];
    const process_ = spawn(process.execPath, args, { stdio: 'ignore' });
    await childSpoke();
    const pid = Number(await log());
    process_.kill('SIGKILL');
    await once(process_, 'exit');
    await until(() => !alive(pid), { what: 'the child to notice' });
    expect(await log()).toContain('orderly');
  });
});

describe('our own Redis', () => {
  const startRedis = async (port: number) => {
    const program = await ensureRedisServer(silent);
    const command = await redisCommand({ program, folder: join(folder, 'redis'), port });
    const redis = await start({ name: 'redis', ...command });
    await redisReady(port, silent);
    return redis;
  };
  const connected = async (port: number) =>
    createClient({ url: `redis://127.0.0.1:${port}` })
      .on('error', silent)
      .connect();

  test('keeps its data over an end, and evicts nothing', async () => {
    const [port = 0] = await freePorts(1);
    const redis = await startRedis(port);
    const before = await connected(port);
    await before.set('kept', 'yes');
    expect(await before.configGet('maxmemory-policy')).toEqual({
      'maxmemory-policy': 'noeviction',
    });
    expect(await before.configGet('append*')).toMatchObject({
      appendonly: 'yes',
      appendfsync: 'always',
    });
    before.destroy();
    await redis.close();
    expect(await log('redis')).toContain('ready to exit, bye bye');

    await startRedis(port);
    const after = await connected(port);
    expect(await after.get('kept')).toBe('yes');
    after.destroy();
  });

  test('one that an earlier run left on the folder is ended first', async () => {
    const [port = 0] = await freePorts(1);
    const data = join(folder, 'redis');
    const program = await ensureRedisServer(silent);
    await redisCommand({ program, folder: data, port });
    const left = spawn(program, [join(data, 'redis.conf')], { stdio: 'ignore' });
    const ended = once(left, 'exit');
    await redisReady(port, silent);
    await endLeftoverRedis(data);
    expect(await ended).toEqual([0, null]);
    // And a folder that nobody uses needs nothing.
    await endLeftoverRedis(data);
  });
});
