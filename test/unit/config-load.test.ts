import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environmentTable } from '../../config/environment.ts';
import { ConfigFault, readYaml } from '../../config/fault.ts';
import { loadConfig } from '../../config/load.ts';
import { configSchema } from '../../config/schema.ts';
import { Secret } from '../../config/secret.ts';

const example = join(import.meta.dirname, '../../config/example.yaml');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diemcau-config-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(yaml: string): string {
  const file = join(folder, 'test.yaml');
  writeFileSync(file, yaml);
  return file;
}

function problemsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigFault) return error.problems;
    throw error;
  }
  return [];
}

const problems = (yaml: string, env = {}) =>
  problemsOf(() => loadConfig({ file: written(yaml), env }));

describe('what is refused', () => {
  it('names an unknown key with its path, file and line', () => {
    const file = written('port: 9000\nrtc:\n  basePrt: 41000\ncolour: red\n');
    expect(problemsOf(() => loadConfig({ file, env: {} }))).toEqual([
      `${file}:3: rtc.basePrt: unknown key`,
      `${file}:4: colour: unknown key`,
    ]);
  });

  it.each([
    ['port: 70000', /:1: port: .*<=65535/],
    ['port: "8080"', /:1: port: .*expected number, received string/],
    ['rtc: { listenIp: everywhere }', /:1: rtc\.listenIp: expected an IPv4 or IPv6 address/],
    ['rtc: { listenIp: 0.0.0.0 }', /rtc\.announcedAddress: expected an address that sites/],
    [
      'rtc:\n  iceServers:\n    - urls: [a]',
      /:3: rtc\.iceServers\[0\]\.urls\[0\]: expected a stun/,
    ],
    ['floor: { mode: democratic }', /floor\.mode: .*"moderated"\|"firstComeFirstServed"/],
    ['leases: { ttlMs: 3000 }', /leases\.renewMs: expected at most half of ttlMs/],
    ['smtp: { host: mail }', /:1: smtp\.from: expected the address that mail comes from/],
    ['smtp: { host: mail, from: nobody }', /:1: smtp\.from: expected an e-mail address/],
    ['webhooks: { networks: [10.0.0.1] }', /:1: webhooks\.networks\[0\]: expected a network/],
    ['redisUrl: http://here', /redisUrl: expected a redis:/],
    ['redis: { sentinels: [here] }', /:1: redis\.sentinels\[0\]: expected host:port/],
    [
      'redisUrl: rediss://db:6379\nredis: { sentinels: ["a:1"] }',
      /:1: redisUrl: expected redis:\/\//,
    ],
    ['publicUrl: here', /publicUrl: expected an http:/],
    ['nodes: [{ id: a, url: here }]', /:1: nodes\[0\]\.url: expected an http:/],
    ['media:', /:1: media: .*expected object, received null/],
    ['- port', /\(whole file\): .*expected object, received array/],
    ['port: 1\nport: 2', /keys must be unique at line 2/],
    ['{', /test\.yaml: /],
  ])('%j', (yaml, expected) => {
    const found = problems(yaml);
    expect(found.join('\n')).toMatch(expected);
  });

  it('refuses layers that do not grow', () => {
    const [problem] = problems(
      'media: { simulcast: [{ scaleResolutionDownBy: 1, maxBitrate: 100000 }, { scaleResolutionDownBy: 2, maxBitrate: 100000 }] }',
    );
    expect(problem).toMatch(/media\.simulcast: expected the layers from the smallest/);
  });

  it('names the variable of a bad value from the environment', () => {
    expect(problems('{}', { PORT: '80a', LOG_LEVEL: 'loud' })).toEqual([
      expect.stringMatching(/^environment variable PORT: port: .*expected number, received string/),
      expect.stringMatching(/^environment variable LOG_LEVEL: logLevel: .*expected one of/),
    ]);
  });

  it('names the variable of a bad media node', () => {
    expect(problems('{}', { DIEMCAU_NODES: 'sfu-a=http://a:1,B' })).toEqual([
      'environment variable DIEMCAU_NODES: nodes[1].id: expected lower-case words joined by hyphens',
      'environment variable DIEMCAU_NODES: nodes[1].url: expected an http:// or https:// address',
    ]);
  });

  it('says which file is missing, if it was named', () => {
    const env = { DIEMCAU_CONFIG: join(folder, 'none.yaml') };
    expect(problemsOf(() => loadConfig({ env }))).toEqual([
      `${env.DIEMCAU_CONFIG}: there is no such file`,
    ]);
  });

  it('never shows a secret, in a refusal or in a log', () => {
    const password = 'correct-horse-battery-staple-and-more';
    const yaml = `redisUrl: redis://:${password}@db:6379\nrtc: { iceServers: [{ urls: ["turn:t"], credential: ${password} }] }\nsurprise: 1`;
    expect(problems(yaml).join()).not.toContain(password);
    const config = loadConfig({ file: written(yaml.replace('surprise: 1', '')), env: {} });
    const shown = [JSON.stringify(config), inspect(config), format('%o', config)];
    shown.push(`${config.redisUrl}`, `${config.rtc.iceServers[0]?.credential}`);
    expect(shown.join('\n')).not.toContain(password);
    expect(config.rtc.iceServers[0]?.credential?.reveal()).toBe(password);
  });
});

describe('what wins', () => {
  it('environment over file over default', () => {
    const file = written('port: 9000\nsfuNodes: 3\nrtc: { basePort: 41000 }\n');
    const env = { SFU_NODES: '5', RTC_ANNOUNCED_ADDRESS: 'media.example.vn', PATH: '/bin' };
    const config = loadConfig({ file, env });
    expect(config.port).toBe(9000);
    expect(config.sfuNodes).toBe(5);
    expect(config.rtc).toMatchObject({ basePort: 41000, announcedAddress: 'media.example.vn' });
    expect(config.serverNodes).toBe(1);
    expect(loadConfig({ env, root: folder })).toMatchObject({ port: 8080, sfuNodes: 5 });
  });

  it('takes config/local.yaml under the root, unless DIEMCAU_CONFIG names another', () => {
    const root = mkdtempSync(join(folder, 'root-'));
    expect(loadConfig({ root, env: {} }).port).toBe(8080);
    mkdirSync(join(root, 'config'));
    writeFileSync(join(root, 'config', 'local.yaml'), 'port: 9000');
    expect(loadConfig({ root, env: {} }).port).toBe(9000);
    const env = { DIEMCAU_CONFIG: written('port: 9001') };
    expect(loadConfig({ root, env }).port).toBe(9001);
  });

  it('waits for one replica with sentinels, for none without, unless told otherwise', () => {
    const replicas = (env: Record<string, string>) =>
      loadConfig({ root: folder, env }).redis.replicas;
    const REDIS_SENTINELS = 'a:26379';
    expect(replicas({})).toBe(0);
    expect(replicas({ REDIS_SENTINELS })).toBe(1);
    expect(replicas({ REDIS_SENTINELS, REDIS_REPLICAS: '2' })).toBe(2);
    expect(replicas({ REDIS_SENTINELS, REDIS_REPLICAS: '0' })).toBe(0);
  });

  it('counts an empty variable as not set', () => {
    expect(loadConfig({ root: folder, env: { PORT: '', DIEMCAU_CONFIG: '' } }).port).toBe(8080);
  });

  it('means dataDir and secretFile from the root', () => {
    const secretFile = join(folder, 'data', 'secret');
    expect(loadConfig({ root: folder, env: {} })).toMatchObject({
      dataDir: join(folder, 'data'),
      secretFile,
    });
    expect(loadConfig({ root: folder, env: { DIEMCAU_DATA: '/srv/d' } })).toMatchObject({
      dataDir: '/srv/d',
      secretFile: '/srv/d/secret',
    });
    const env = { DIEMCAU_SECRET_FILE: 'keys/one' };
    expect(loadConfig({ root: folder, env }).secretFile).toBe(join(folder, 'keys/one'));
  });

  it.each(Object.entries(environmentTable))('%s reaches its key', (variable, { key, as }) => {
    const samples: Record<string, string> = {
      PUBLIC_URL: 'https://giaoban.example.vn',
      REDIS_URL: 'redis://db:6379',
      REDIS_SENTINELS: '10.0.0.5:26379, [::1]:26380',
      RTC_LISTEN_IP: '10.0.0.7',
      DIEMCAU_DATA: '/srv/diemcau',
      DIEMCAU_SECRET_FILE: '/srv/secret',
      DIEMCAU_NODES: 'sfu-a=http://10.0.0.5:7000/?a=b, sfu-b=https://b.example.vn',
      LOG_LEVEL: 'debug',
      DIEMCAU_BRIEFING: 'another',
    };
    const text = samples[variable] ?? (as === 'number' ? '7' : '0.0.0.1');
    const config: unknown = loadConfig({ root: folder, env: { [variable]: text } });
    const value = key.reduce<unknown>(
      (map, part) => (map as Record<string, unknown>)[part],
      config,
    );
    const expected = {
      text,
      number: Number(text),
      list: ['10.0.0.5:26379', '[::1]:26380'],
      nodes: [
        { id: 'sfu-a', url: 'http://10.0.0.5:7000/?a=b' },
        { id: 'sfu-b', url: 'https://b.example.vn' },
      ],
    };
    expect(value instanceof Secret ? value.reveal() : value).toEqual(expected[as]);
  });
});

describe('the annotated example', () => {
  const text = readFileSync(example, 'utf8');
  const enabled = text
    .replaceAll(/(iceServers|nodes|sentinels|networks): \[\]/g, '$1:')
    .replaceAll('#: ', '');

  it('shows the defaults, all of them', () => {
    expect(loadConfig({ file: example, env: {} })).toEqual(
      loadConfig({ file: written('{}'), env: {} }),
    );
  });

  it('shows every key that there is, those without a default too', () => {
    const file = written(enabled);
    expect(problemsOf(() => loadConfig({ file, env: {} }))).toEqual([]);
    const shown = readYaml(file).value;
    const keys = keysOf(z.toJSONSchema(configSchema, { io: 'input' }) as Node);
    const missing = keys.filter(
      (path) => path.reduce<unknown>((map, part) => (map as never)?.[part], shown) === undefined,
    );
    expect(missing).toEqual([]);
  });

  it.each(Object.keys(environmentTable))('mentions [%s]', (variable) => {
    expect(text).toMatch(new RegExp(`\\[${variable}(=.*)?\\]`));
  });
});

type Node = { properties?: Record<string, Node>; items?: Node };

function keysOf(node: Node, path: string[] = []): string[][] {
  const inside = Object.entries(node.properties ?? {}).map(([key, below]) =>
    keysOf(below, [...path, key]),
  );
  if (node.items?.properties) inside.push(keysOf(node.items, [...path, '0']));
  return inside.length > 0 ? inside.flat() : [path];
}
