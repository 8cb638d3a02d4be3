import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { reach } from '../../server/notify/networks.ts';
import {
  isAuthentic,
  replayWindow,
  signature,
  webhookSecret,
} from '../../server/notify/signature.ts';
import { createSender } from '../../server/notify/webhookSender.ts';

describe('the signature', () => {
  const signed = { secret: 'of-this-address', timestamp: 1_561_705_200, body: '{"a":1}' };
  const good = signature(signed);

  test('is HMAC-SHA256 over the time and the very body', () => {
    const hex = createHmac('sha256', signed.secret).update('1561705200.{"a":1}').digest('hex');
    expect(good).toBe(`v1=${hex}`);
  });

  test.each([
    ['as sent', {}, true],
    ['at the end of the window', { now: signed.timestamp + replayWindow }, true],
    ['replayed later', { now: signed.timestamp + replayWindow + 1 }, false],
    ['from the future', { now: signed.timestamp - replayWindow - 1 }, false],
    ['another body', { body: '{"a":2}' }, false],
    ['another time', { timestamp: signed.timestamp + 1 }, false],
    ['another secret', { secret: 'of-another' }, false],
    ['no signature', { signature: '' }, false],
    ['half a signature', { signature: good.slice(0, -1) }, false],
  ])('%s', (_, over, authentic) => {
    const now = signed.timestamp + 1;
    expect(isAuthentic({ ...signed, signature: good, now, ...over })).toBe(authentic);
  });

  test('each address has a secret of its own, the same at every server', () => {
    const installation = new Uint8Array(32).fill(7);
    const secret = webhookSecret(installation, 'w1');
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(webhookSecret(new Uint8Array(32).fill(7), 'w1')).toBe(secret);
    expect(webhookSecret(installation, 'w2')).not.toBe(secret);
    expect(webhookSecret(new Uint8Array(32).fill(8), 'w1')).not.toBe(secret);
  });
});

describe('networks', () => {
  test.each([
    ['8.8.8.8', true],
    ['2606:4700::1111', true],
    ['127.0.0.1', true],
    ['::1', true],
    ['10.0.0.1', false],
    ['172.31.255.255', false],
    ['172.32.0.1', true],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['::', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:a00:1', false],
    ['::ffff:8.8.8.8', true],
    ['64:ff9b::a00:1', false],
    ['not an address', false],
  ])('%s: %s', (address, allowed) => {
    expect(reach([]).mayReach(address)).toBe(allowed);
  });

  test('an installation opens those that it names, and no others', () => {
    const { mayReach } = reach(['10.1.0.0/16', 'fd12::/16']);
    expect(['10.1.2.3', 'fd12::1', '::ffff:10.1.2.3'].map(mayReach)).toEqual([true, true, true]);
    expect(['10.2.0.1', 'fd13::1', '192.168.0.1'].map(mayReach)).toEqual([false, false, false]);
  });
});

describe('whether an address may be told', () => {
  const names: Record<string, readonly string[]> = {
    'public.example': ['8.8.8.8', '2606:4700::1111'],
    'inner.example': ['10.0.0.1'],
    'both.example': ['8.8.8.8', '10.0.0.1'],
    localhost: ['::1', '127.0.0.1'],
  };
  const sender = createSender({
    networks: [],
    timeoutMs: 1_000,
    now: Date.now,
    resolve: async (name) => names[name] ?? Promise.reject(new Error('ENOTFOUND')),
  });

  test.each([
    ['https://public.example/hook', true],
    ['http://public.example/hook', false],
    ['http://localhost:9000/', true],
    ['https://localhost:9000/', true],
    ['http://127.0.0.1:9000/', true],
    ['http://[::1]:9000/', true],
    ['https://inner.example/', false],
    ['https://both.example/', false],
    ['https://10.0.0.1/', false],
    ['https://[fd00::1]/', false],
    ['https://[::ffff:10.0.0.1]/', false],
    ['https://0x0a000001/', false],
    ['https://169.254.169.254/latest', false],
    ['https://not-there-yet.example/', true],
    ['http://not-there-yet.example/', false],
    ['https://user:password@public.example/', false],
    ['ftp://public.example/', false],
    ['nothing', false],
  ])('%s: %s', async (url, allowed) => {
    expect(await sender.mayTell(url)).toBe(allowed);
  });

  test('what has turned into a closed address since is not connected to', async () => {
    const post = { secret: 's', delivery: 'd', body: '{}' };
    await expect(sender.post({ url: 'https://inner.example/', ...post })).rejects.toThrow(
      'inner.example',
    );
    await expect(sender.post({ url: 'http://public.example/', ...post })).rejects.toThrow(
      'public.example',
    );
  });
});
