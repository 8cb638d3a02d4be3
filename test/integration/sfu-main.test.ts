import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { from, plan, secretText, space, startNode, TestLink } from '../support/sfuNodes.ts';
import { until } from '../support/until.ts';

let folder: string;
let child: ChildProcess | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sfu-main-'));
  await writeFile(join(folder, 'secret'), `${secretText}\n`);
});

afterEach(() => {
  child?.kill('SIGKILL');
});

afterAll(() => rm(folder, { recursive: true }));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

function run(environment: Record<string, string>) {
  const started = spawn(process.execPath, ['sfu/main.ts'], {
    env: { ...process.env, LOG_LEVEL: 'info', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child = started;
  const text = { all: '' };
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (chunk) => {
      text.all += chunk;
    });
  }
  const ended = once(started, 'exit') as Promise<[number | null, string | null]>;
  return { started, text, ended };
}

async function runNode(environment: Record<string, string> = {}) {
  const [control, rtc] = await Promise.all([freePort(), freePort()]);
  const process = run({
    SFU_NODE_ID: 'n1',
    SFU_CONTROL_PORT: String(control),
    SFU_RTC_PORT: String(rtc),
    DIEMCAU_SECRET_FILE: join(folder, 'secret'),
    // A busy machine is no dead node; the test that freezes one sets what is usual.
    SFU_LINK_DEADLINE_MS: '9000',
    ...environment,
  });
  const url = `http://127.0.0.1:${control}`;
  await until(async () => (await fetch(`${url}/healthz`)).ok, {
    what: 'the node to be well',
    timeoutMs: 25_000,
    seen: () => process.text.all,
  });
  return { ...process, url };
}

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The media worker's process, as the node logs it. */
const workerOf = (log: string): number => Number(/"worker":(\d+)/.exec(log)?.[1]);

describe('the process of a media node', () => {
  it('serves until it is interrupted, and then takes its worker along', async () => {
    const { started, text, ended, url } = await runNode();
    const link = await TestLink.create(url);
    await link.open('p1');
    const worker = workerOf(text.all);
    expect(alive(worker)).toBe(true);
    started.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    await until(() => !alive(worker), { what: 'the worker to end' });
    expect(text.all).not.toContain(secretText);
    link.close();
  });

  it('told to end, stays for those who are there until they have been moved away', async () => {
    const { started, text, ended, url } = await runNode();
    const link = await TestLink.create(url);
    const incarnation = await link.open('p1');
    const worker = workerOf(text.all);
    started.kill('SIGTERM');
    await until(() => link.told.load.at(-1)?.draining, { what: 'the word of it' });
    expect((await fetch(`${url}/healthz`)).status).toBe(503);
    expect(await link.publish('p1', incarnation, 'camera')).toMatchObject({ ok: true });
    expect([started.exitCode, alive(worker)]).toEqual([null, true]);
    await link.ask('closeEndpoint', { space, endpoint: 'p1', incarnation });
    expect(await ended).toEqual([0, null]);
    await until(() => !alive(worker), { what: 'the worker to end' });
    link.close();
  });

  it('told to end where no server is linked, does so', async () => {
    const { started, ended } = await runNode();
    started.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'told to end and then %s, stays for nobody',
    async (signal) => {
      const { started, ended, url } = await runNode();
      const link = await TestLink.create(url);
      await link.open('p1');
      started.kill('SIGTERM');
      await until(() => link.told.load.at(-1)?.draining, { what: 'the word of it' });
      started.kill(signal);
      expect(await ended).toEqual([0, null]);
      link.close();
    },
  );

  it('does not drain for longer than its limit', async () => {
    const { started, ended, url } = await runNode({ SFU_DRAIN_LIMIT_MS: '100' });
    const link = await TestLink.create(url);
    await link.open('p1');
    started.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    link.close();
  });

  it('frozen, is noticed by its servers and peers, who go on without it, and found again', async () => {
    const { started, url } = await runNode({ SFU_LINK_DEADLINE_MS: '' });
    const near = await startNode('n2');
    const [frozen, link] = await Promise.all([
      TestLink.create(url),
      TestLink.create(near.controlUrl),
    ]);
    await link.ask('peers', { nodes: [{ node: 'n1', controlUrl: url }] });
    const [incarnation] = await Promise.all([frozen.open('chair'), link.open('p1')]);
    await frozen.publish('chair', incarnation, 'camera');
    await link.apply(plan('p1', 2, { receive: [from('chair', 'camera', 'n1')] }));
    const consumer = await until(() => link.consumersOf('p1')[0], { what: 'the consumer' });
    started.kill('SIGSTOP');
    await until(() => !frozen.socket.connected, { what: 'its server to notice' });
    await until(() => link.consumersOf('p1').length === 0, { what: 'its peer to notice' });
    const self = await link.open('p2');
    expect(await link.publish('p2', self, 'camera')).toMatchObject({ ok: true });
    await link.apply(
      plan('p1', 3, { receive: [from('chair', 'camera', 'n1'), from('p2', 'camera', 'n2')] }),
    );
    await until(() => link.consumersOf('p1').length === 1, { what: 'what is here' });
    started.kill('SIGCONT');
    const again = await until(
      () => link.consumersOf('p1').find(({ stream }) => stream.endpoint === 'chair'),
      { what: 'what was there' },
    );
    expect(again.id).not.toBe(consumer.id);
    for (const l of [frozen, link]) l.close();
    await near.close();
  });

  it('ends with its parent', async () => {
    const { started, ended } = await runNode({ DIEMCAU_PARENT: '1' });
    started.stdin?.end();
    expect(await ended).toEqual([0, null]);
  });

  it('killed without warning leaves no worker behind', async () => {
    const { started, text, ended } = await runNode();
    const worker = workerOf(text.all);
    started.kill('SIGKILL');
    await ended;
    await until(() => !alive(worker), { what: 'the worker to end' });
  });

  it('does not start with a bad environment, and says why', async () => {
    const { text, ended } = run({ SFU_NODE_ID: 'n1', SFU_PORTS: '1', SFU_CONTROL_PORT: 'x' });
    expect(await ended).toEqual([2, null]);
    for (const name of ['SFU_PORTS', 'SFU_CONTROL_PORT', 'SFU_RTC_PORT', 'DIEMCAU_SECRET_FILE']) {
      expect(text.all).toContain(name);
    }
  });
});
