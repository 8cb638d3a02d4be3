import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { secretText, TestLink } from '../support/sfuNodes.ts';
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
    ...environment,
  });
  const url = `http://127.0.0.1:${control}`;
  await until(async () => (await fetch(`${url}/healthz`)).ok, {
    what: 'the node to be well',
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
  it('serves until it is told to end, and then takes its worker along', async () => {
    const { started, text, ended, url } = await runNode();
    const link = await TestLink.create(url);
    await link.open('p1');
    const worker = workerOf(text.all);
    expect(alive(worker)).toBe(true);
    started.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await until(() => !alive(worker), { what: 'the worker to end' });
    expect(text.all).not.toContain(secretText);
    link.close();
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
