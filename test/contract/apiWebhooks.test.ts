import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiOptions, createApi } from '../../server/gateway/api/api.ts';
import { signOfficePass } from '../../server/gateway/api/officePass.ts';
import type { Webhook } from '../../server/gateway/api/ports.ts';
import { signPass } from '../../server/gateway/identity.ts';
import { tableKinds } from '../../server/records/tables.ts';
import { quiet } from '../support/journals.ts';

/** The routes of webhooks over a port in memory: what is asked of it, and what is said back. */
const secret = new Uint8Array(32).fill(9);
const kept = new Map<string, Webhook>();
let server: Server;
let away = false;

beforeAll(async () => {
  const webhooks: ApiOptions['webhooks'] = {
    list: async () => {
      if (away) throw new Error('away');
      return [...kept.values()];
    },
    add: async (wish) => {
      if (wish.url.includes('10.0.0.1')) return { ok: false, refusal: 'addressNotAllowed' };
      const webhook = { id: `w${kept.size + 1}`, ...wish };
      kept.set(webhook.id, webhook);
      return { ok: true, webhook, secret: 'once' };
    },
    remove: async (id) => kept.delete(id),
  };
  const options = {
    secret,
    webhooks,
    recordTables: tableKinds,
    perSecond: 1_000,
    isAway: () => away,
    log: quiet,
  };
  server = createServer(express().use(createApi(options as unknown as ApiOptions))).listen(0);
  await once(server, 'listening');
});
afterAll(() => server.close());

async function ask(method: string, path: string, o: { body?: unknown; pass?: string } = {}) {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${o.pass ?? (await signOfficePass(secret))}`,
      'content-type': 'application/json',
    },
    ...(o.body === undefined ? {} : { body: JSON.stringify(o.body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
}

test('an address is added, listed without its secret, and removed once', async () => {
  const url = 'https://example.org/hook';
  const body = { url, events: ['phase.changed'] };
  const added = await ask('POST', '/webhooks', { body });
  const webhook = { id: 'w1', url, briefing: null, events: ['phase.changed'] };
  expect(added).toEqual({ status: 201, json: { webhook, secret: 'once' } });
  expect(await ask('GET', '/webhooks')).toEqual({ status: 200, json: { webhooks: [webhook] } });
  expect(await ask('DELETE', '/webhooks/w1')).toEqual({ status: 204, json: undefined });
  expect(await ask('DELETE', '/webhooks/w1')).toMatchObject({
    status: 404,
    json: { refusal: 'unknownWebhook' },
  });
});

test('what is no address, or none that may be told, is refused', async () => {
  for (const url of ['ftp://example.org', 'example.org', 'javascript:alert(1)', '']) {
    expect((await ask('POST', '/webhooks', { body: { url, events: [] } })).status).toBe(400);
  }
  expect(
    await ask('POST', '/webhooks', { body: { url: 'https://10.0.0.1/', events: [] } }),
  ).toMatchObject({
    status: 400,
    json: { refusal: 'addressNotAllowed' },
  });
});

test('only the office has a say in it', async () => {
  for (const role of ['chair', 'secretary', 'technician', 'wall'] as const) {
    const seat = role === 'chair' ? 'p00' : null;
    const pass = await signPass({ secret, briefing: 'b', role, seat });
    expect((await ask('GET', '/webhooks', { pass })).status).toBe(403);
    expect((await ask('DELETE', '/webhooks/w1', { pass })).status).toBe(403);
  }
});

test('while Redis is away it is said so; anything else is a fault of ours', async () => {
  away = true;
  expect(await ask('GET', '/webhooks')).toMatchObject({
    status: 503,
    json: { refusal: 'controlPaused' },
  });
  away = false;
  expect((await ask('GET', '/openapi.json')).json.paths).toHaveProperty('/api/webhooks/{webhook}');
});
