import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signPass, verifyPass } from '../../server/gateway/identity.ts';
import { createBoard } from '../../server/jobs/board.ts';
import { createQueue, GivenUp, type JobQueue, openConnections } from '../../server/jobs/queue.ts';
import { quiet } from '../support/journals.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const secret = new Uint8Array(32).fill(3);
let redis: TestRedis;
let connections: ReturnType<typeof openConnections>;
let queue: JobQueue<object>;
let server: Server;

beforeAll(async () => {
  redis = await startRedis();
  connections = openConnections({ redisUrl: redis.url, prefix: 'board', log: quiet });
  queue = await createQueue<object>({
    connections,
    name: 'letters',
    retryDelay: () => 10,
    perform: async () => {
      throw new GivenUp('nobody there');
    },
  });
  const app = express();
  app.use(
    createBoard({
      queues: [queue.queue],
      secret,
      mayEnter: async (pass) => (await verifyPass({ pass, secret }))?.role === 'technician',
      overTls: false,
    }),
  );
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await queue.close();
  connections.close();
  await redis.stop();
});

const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const get = (path: string, cookie?: string, method = 'GET') =>
  fetch(url(path), { method, redirect: 'manual', headers: cookie ? { cookie } : {} });
const pass = (role: 'technician' | 'secretary' | 'wall') =>
  signPass({ secret, briefing: 'b', role, seat: null });

const enter = (shown: string) =>
  fetch(url('/jobs/enter'), { method: 'POST', headers: { authorization: `Bearer ${shown}` } });
async function inside(): Promise<string> {
  const answer = await enter(await pass('technician'));
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

describe('the door', () => {
  test('is closed without a cookie, for pages, data and files alike', async () => {
    for (const path of ['/jobs', '/jobs/', '/jobs/api/queues', '/jobs/static/css/main.css']) {
      expect((await get(path)).status, path).toBe(401);
    }
    expect((await get('/jobs/enter')).status).toBe(401);
  });

  test('opens to technicians alone', async () => {
    for (const shown of [await pass('secretary'), await pass('wall'), 'nonsense', '']) {
      const answer = await enter(shown);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    const answer = await enter(await pass('technician'));
    expect(answer.status).toBe(204);
    const cookie = answer.headers.get('set-cookie') ?? '';
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/jobs', 'Max-Age=3600']) {
      expect(cookie).toContain(part);
    }
  });

  test('a page sends its pass in a form, and is led in', async () => {
    const body = new URLSearchParams({ pass: await pass('technician') });
    const answer = await fetch(url('/jobs/enter'), { method: 'POST', body, redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/jobs/');
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0];
    expect((await get('/jobs/', cookie)).status).toBe(200);
  });

  test('no pass is a cookie, nor one that is over, nor one of another secret', async () => {
    const made = (o: { audience?: string; exp: string; by?: Uint8Array }) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience(o.audience ?? 'jobs')
        .setExpirationTime(o.exp)
        .sign(o.by ?? secret);
    const bad = [
      await pass('technician'),
      await made({ exp: '-1s' }),
      await made({ exp: '1h', audience: 'pages' }),
      await made({ exp: '1h', by: new Uint8Array(32).fill(4) }),
      await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setAudience('jobs').sign(secret),
    ];
    for (const cookie of bad) {
      expect((await get('/jobs/', `diemcau-jobs=${cookie}`)).status).toBe(401);
    }
    const good = await made({ exp: '1h' });
    expect((await get('/jobs/', `a=b; diemcau-jobs=${good}`)).status).toBe(200);
    // And the cookie is no pass.
    expect(await verifyPass({ pass: good, secret })).toBeUndefined();
  });
});

describe('inside', () => {
  test('the page loads all that its policy lets it, from here alone', async () => {
    const cookie = await inside();
    const page = await get('/jobs/', cookie);
    const html = await page.text();
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    const sources = [...html.matchAll(/<(script|link)[^>]*?(?:src|href)="([^"]+)"/g)];
    const own = sources.map(([, , path = '']) => path).filter((path) => !/^https?:/.test(path));
    expect(own.filter((path) => /\.(js|css)$/.test(path)).length).toBeGreaterThan(1);
    for (const path of own) {
      const { pathname } = new URL(path, url('/jobs/'));
      expect((await get(pathname, cookie)).status, pathname).toBe(200);
    }
    // Scripts written into the page would not run: there are none but data.
    for (const [tag] of html.matchAll(/<script(?![^>]*src=)[^>]*>/g)) {
      expect(tag).toContain('application/json');
    }
  });

  test('a failure is shown, and why; nothing may be done to it', async () => {
    const cookie = await inside();
    await queue.schedule({ id: 'letter-1', name: 'invitation', delayMs: 0, data: {} });
    await until(async () => (await queue.queue.getFailedCount()) === 1, { what: 'the failure' });
    const shown = await (
      await get('/jobs/api/queues?activeQueue=letters&status=failed', cookie)
    ).json();
    expect(shown).toMatchObject({
      queues: [
        {
          name: 'letters',
          counts: { failed: 1 },
          jobs: [{ id: 'letter-1', name: 'invitation', failedReason: 'nobody there' }],
        },
      ],
    });
    const acts = [
      'letter-1/retry',
      'letter-1/clean',
      'clean/failed',
      'pause',
      'empty',
      'obliterate',
    ];
    for (const act of acts) {
      const { status } = await get(`/jobs/api/queues/letters/${act}`, cookie, 'PUT');
      expect(status, act).toBe(405);
    }
    expect(await queue.queue.getFailedCount()).toBe(1);
  });
});
