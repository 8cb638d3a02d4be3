import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { SharedSecret } from '../../sfu/control/auth.ts';
import { CpuMeter, wantsProcessor } from '../../sfu/media/load.ts';
import { readSettings } from '../../sfu/settings.ts';
import { until } from '../support/until.ts';

const least = {
  SFU_NODE_ID: 'sfu-1',
  SFU_CONTROL_PORT: '7001',
  SFU_RTC_PORT: '40000',
  DIEMCAU_SECRET_FILE: '/run/secret',
};

describe('settings', () => {
  it('need no more than the node, its ports and the secret', () => {
    expect(readSettings({ ...least, PATH: '/bin', SFU_NODES: '2', SFU_REGION: '' })).toMatchObject({
      SFU_NODE_ID: 'sfu-1',
      SFU_CONTROL_PORT: 7001,
      SFU_LISTEN_IP: '127.0.0.1',
      SFU_RECV_BUFFER: 4_194_304,
      SFU_REGION: 'default',
    });
  });

  it.each([
    [{ SFU_PORT: '1' }, 'SFU_PORT: no such setting'],
    [{ SFU_RTC_PORT: '70000' }, 'SFU_RTC_PORT'],
    [{ SFU_NODE_ID: '-bad id' }, 'SFU_NODE_ID'],
    [{ SFU_LISTEN_IP: 'localhost' }, 'SFU_LISTEN_IP'],
    [{ SFU_PIPE_PORTS: '500-400' }, 'SFU_PIPE_PORTS'],
    [{ SFU_CONTROL_URL: 'ftp://x' }, 'SFU_CONTROL_URL'],
    [{ DIEMCAU_SECRET_FILE: '' }, 'DIEMCAU_SECRET_FILE'],
  ])('%j is refused by name', (bad, name) => {
    expect(() => readSettings({ ...least, ...bad })).toThrow(name);
  });

  it('read a range of ports', () => {
    expect(readSettings({ ...least, SFU_PIPE_PORTS: '41000-41999' }).SFU_PIPE_PORTS).toEqual({
      min: 41_000,
      max: 41_999,
    });
  });
});

describe('SharedSecret', () => {
  const secret = new SharedSecret('correct horse battery staple');

  it('knows itself and nothing else', () => {
    expect(secret.matches('correct horse battery staple')).toBe(true);
    for (const other of ['', 'correct horse battery stapl', undefined, null, 1, {}, ['x']]) {
      expect(secret.matches(other)).toBe(false);
    }
  });

  it('does not print itself', () => {
    expect(`${secret} ${JSON.stringify({ secret })}`).toBe('[secret] {"secret":"[secret]"}');
  });
});

describe('CpuMeter', () => {
  it('tells the share of one core since the reading a second ago', () => {
    const meter = new CpuMeter();
    meter.read({ ru_utime: 100, ru_stime: 50 }, 0);
    meter.read({ ru_utime: 400, ru_stime: 50 }, 250);
    expect(meter.share).toBe(0);
    meter.read({ ru_utime: 300, ru_stime: 100 }, 1000);
    expect(meter.share).toBeCloseTo(0.25);
    meter.reset();
    expect(meter.share).toBe(0);
  });
});

describe('wantsProcessor', () => {
  it('tells one that runs from one that waits, one that is stopped and one that is no more', async () => {
    const spin = spawn(process.execPath, ['-e', 'process.stdout.write("on"); for (;;);']);
    try {
      await once(spin.stdout, 'data');
      await until(() => wantsProcessor(spin.pid ?? 0), { what: 'the busy one' });
      spin.kill('SIGSTOP');
      await until(async () => !(await wantsProcessor(spin.pid ?? 0)), { what: 'the stopped one' });
    } finally {
      spin.kill('SIGKILL');
    }
    await once(spin, 'exit');
    expect(await wantsProcessor(spin.pid ?? 0)).toBe(false);
    const idle = spawn(process.execPath, [
      '-e',
      'process.stdout.write("on"); process.stdin.resume()',
    ]);
    await once(idle.stdout, 'data');
    await until(async () => !(await wantsProcessor(idle.pid ?? 0)), { what: 'the idle one' });
    idle.stdin.end();
  });
});
