import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { lockDataFolder } from '../../scripts/startLock.ts';
import { ensureSecret, freePorts, needPort, servicePlan } from '../../scripts/startPlan.ts';

const root = '/somewhere/that/has/no/local/file';
const plan = (env: Record<string, string>, controlPorts: number[]) =>
  servicePlan({
    root,
    config: loadConfig({ root, env }),
    redisUrl: 'redis://127.0.0.1:1',
    workerPath: '/cache/worker',
    controlPorts,
  });

describe('servicePlan', () => {
  test('each node has its own ports, and every server knows all nodes', () => {
    const { nodes, servers } = plan(
      { PORT: '9000', SERVER_NODES: '2', RTC_BASE_PORT: '41000' },
      [7001, 7002],
    );
    expect(nodes.map(({ name, env, healthUrl }) => [name, env.SFU_RTC_PORT, healthUrl])).toEqual([
      ['sfu-1', '41000', 'http://127.0.0.1:7001/healthz'],
      ['sfu-2', '41001', 'http://127.0.0.1:7002/healthz'],
    ]);
    expect(servers.map(({ env }) => env.PORT)).toEqual(['9000', '9001']);
    for (const { env } of servers) {
      expect(env.DIEMCAU_NODES).toBe('sfu-1=http://127.0.0.1:7001,sfu-2=http://127.0.0.1:7002');
    }
  });

  test('what a server is told reads back as the same nodes', () => {
    const [server] = plan({}, [7001, 7002]).servers;
    const read = loadConfig({ root, env: { ...server?.env } });
    expect(read.nodes.map(({ id }) => id)).toEqual(['sfu-1', 'sfu-2']);
    expect(read.redisUrl?.reveal()).toBe('redis://127.0.0.1:1');
  });

  test('nodes that run elsewhere are passed on', () => {
    const { nodes, servers } = plan({ DIEMCAU_NODES: 'far=http://10.1.1.1:7000' }, []);
    expect(nodes).toEqual([]);
    expect(servers[0]?.env.DIEMCAU_NODES).toBe('far=http://10.1.1.1:7000');
  });

  test('a server on every address is asked for its health on this machine', () => {
    expect(plan({ HOST: '0.0.0.0', PORT: '9000' }, []).servers[0]?.healthUrl).toBe(
      'http://localhost:9000/healthz',
    );
  });
});

describe('on this machine', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'diemcau-plan-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('the secret is made once, for its owner alone', async () => {
    const config = loadConfig({ root, env: { DIEMCAU_DATA: join(folder, 'data') } });
    await ensureSecret(config);
    const first = await stat(config.secretFile);
    await ensureSecret(config);
    const second = await stat(config.secretFile);
    expect(await readFile(config.secretFile, 'utf8')).toMatch(/^[0-9a-f]{64}$/);
    expect(first.mode & 0o777).toBe(0o600);
    expect(second.mtimeMs).toBe(first.mtimeMs);
  });

  test.each(['tcp', 'udp'] as const)('a %s port that is taken is named', async (protocol) => {
    const host = '127.0.0.1';
    const taker = protocol === 'tcp' ? createServer() : createSocket('udp4');
    if (taker instanceof Server) taker.listen(0, host);
    else taker.bind(0, host);
    await once(taker, 'listening');
    const { port } = taker.address() as AddressInfo;
    const needed = { port, host, protocols: ['tcp', 'udp'], setting: 'PORT' } as const;
    await expect(needPort(needed)).rejects.toThrow(
      `port ${port} (${protocol}) on ${host} cannot be used (EADDRINUSE). Choose another with PORT=…`,
    );
    await new Promise<void>((resolve) => taker.close(() => resolve()));
    await expect(needPort(needed)).resolves.toBeUndefined();
  });

  test('free ports are all different', async () => {
    const ports = await freePorts(5);
    expect(new Set(ports).size).toBe(5);
  });

  test('the lock of a process that is no start, or has gone, is taken over', async () => {
    const unlock = await lockDataFolder(folder);
    // This very process holds it now, and it is a test, no start.
    const again = await lockDataFolder(folder);
    await again();
    await unlock();
    await expect(stat(join(folder, 'start.pid'))).rejects.toThrow('ENOENT');
  });
});
