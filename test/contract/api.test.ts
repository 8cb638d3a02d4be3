import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../../server/gateway/api/api.ts';
import { xlsxType } from '../../server/gateway/api/route.ts';
import type { PageRole } from '../../server/gateway/identity.ts';
import { tableKinds } from '../../server/records/tables.ts';
import { api, makeBriefing, officePass } from '../support/api.ts';
import { deedsOf } from '../support/clusterJournal.ts';
import { expectUnharmed, pidsOf, useCluster } from '../support/clusterTest.ts';
import { quiet } from '../support/journals.ts';
import { until } from '../support/until.ts';

/** The API as other systems meet it: what is documented is there, and nothing else. */
const running = useCluster({ nodes: 1, config: { limits: { commandsPerSecond: 5_000 } } });

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into as it came.
type Document = any;
let document: Document;
let pids: readonly (number | undefined)[];
const passes = {} as Record<PageRole | 'office', string>;
beforeAll(async () => {
  const { cluster } = running;
  pids = pidsOf(cluster);
  document = (await api({ cluster, path: '/api/openapi.json' })).json;
  for (const role of ['chair', 'secretary', 'technician', 'wall'] as const) {
    passes[role] = await cluster.pass(role);
  }
  passes.point = await cluster.pass('point', cluster.seats[0] ?? '');
  passes.office = await officePass(cluster);
});

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly of: Document;
}
const operations = (): Operation[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as object).map(([method, of]) => ({ method, path, of })),
  );
/** A documented path with something in the place of each parameter. */
const filled = (path: string, briefing = running.cluster.briefing) =>
  path
    .replace('{briefing}', briefing)
    .replace('{table}', 'speeches')
    .replace('{template}', '2019-06')
    .replace('{node}', 'nowhere');

const ask = (role: PageRole | 'office', path: string, more: object = {}) =>
  api({ cluster: running.cluster, pass: passes[role], path, ...more });

describe('the document', () => {
  test('names every route of the server, and every route that it names is there', async () => {
    const routes = new Set<string>();
    const walk = (router: Router) => {
      for (const layer of router.stack) {
        if (layer.route) {
          const { path, methods } = layer.route as unknown as {
            path: string;
            methods: Record<string, boolean>;
          };
          for (const method of Object.keys(methods)) routes.add(`${method} ${path}`);
        } else if ('stack' in layer.handle) walk(layer.handle as unknown as Router);
      }
    };
    walk(
      createApi({
        recordTables: tableKinds,
        contacts: {},
        webhooks: {},
        perSecond: 1,
        isAway: () => false,
        log: quiet,
      } as unknown as Parameters<typeof createApi>[0]),
    );
    const own = [...routes].filter((route) => !/\/api\/(docs|openapi)/.test(route));
    const documented = operations().map(
      ({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    );
    expect(own.sort()).toEqual(documented.sort());
    for (const { method, path } of operations()) {
      const answer = await api({
        cluster: running.cluster,
        method: method.toUpperCase(),
        path: filled(path),
      });
      expect(answer, `${method} ${path}`).toMatchObject({
        status: 401,
        json: { refusal: 'noPass' },
      });
    }
    const unknown = await ask('office', '/api/nothing');
    expect(unknown).toMatchObject({ status: 404, json: { refusal: 'unknownRoute' } });
  });

  test('is OpenAPI 3.1 whose every reference leads somewhere', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    const ids = operations().map(({ of }) => of.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, of } of operations()) {
      expect(path).toMatch(/^\/api\//);
      const inPath = (path.match(/\{(\w+)\}/g) ?? []).map((name) => name.slice(1, -1));
      const declared = of.parameters.filter((p: Document) => p.in === 'path');
      expect(declared.map((p: Document) => p.name).sort()).toEqual(inPath.sort());
      for (const p of of.parameters) {
        expect(p).toMatchObject({ name: expect.any(String), schema: expect.any(Object) });
        expect(p.required).toBe(p.in === 'path');
      }
      const statuses = Object.keys(of.responses);
      expect(statuses.filter((status) => /^2\d\d$/.test(status))).toHaveLength(1);
      for (const response of Object.values(of.responses) as Document[]) {
        const found = response.$ref ? at(response.$ref) : response;
        expect(found.description).toMatch(/\S/);
      }
      for (const tag of of.tags) expect(document.tags).toContainEqual({ name: tag });
    }
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of refs) expect(at(ref ?? ''), ref).toBeTypeOf('object');
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Plan', 'Command', 'BriefingState', 'Problem']),
    );
    // Every kind of command that browsers may give is there.
    const command = JSON.stringify(document.components.schemas.Command);
    for (const type of ['floor.grant', 'vote.cast', 'directive.give']) {
      expect(command).toContain(`"const":"${type}"`);
    }
  });

  const at = (ref: string): Document =>
    ref
      .replace(/^#\//, '')
      .split('/')
      .reduce((node: Document, key) => node?.[key], document);

  test('and its page are there for everybody, without a script in the page itself', async () => {
    const { cluster } = running;
    const page = await fetch(`${cluster.url()}/api/docs`);
    expect(page.status).toBe(200);
    const csp = page.headers.get('content-security-policy') ?? '';
    expect(csp).toContain("default-src 'self'");
    expect(csp).not.toMatch(/script-src|unsafe-eval/);
    const html = await page.text();
    expect(html).not.toMatch(/<script>|<script [^>]*>[^<]| on\w+=/);
    const parts = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, part]) => part ?? '');
    expect(parts).toHaveLength(3);
    for (const part of parts) expect((await fetch(`${cluster.url()}${part}`)).status).toBe(200);
  });
});

describe('whoever may not is refused', () => {
  test('each role at each route that is not for it', async () => {
    for (const { method, path, of } of operations()) {
      const may: string[] = of.description.replace(/^For: |\.$/g, '').split(', ');
      for (const role of Object.keys(passes) as (keyof typeof passes)[]) {
        if (may.includes(role)) continue;
        const answer = await ask(role, filled(path), { method: method.toUpperCase() });
        expect(answer, `${role}: ${method} ${path}`).toMatchObject({
          status: 403,
          type: expect.stringContaining('application/problem+json'),
          json: { status: 403, refusal: 'notPermitted' },
        });
      }
    }
  });

  test('a pass at another briefing, and an office pass as a page', async () => {
    const briefing = await makeBriefing(running.cluster);
    for (const { method, path, of } of operations()) {
      if (!path.includes('{briefing}')) continue;
      if (of.requestBody) continue;
      const answer = await ask('chair', filled(path, briefing), { method: method.toUpperCase() });
      expect(answer.status, `${method} ${path}`).toBe(403);
    }
    const bad = [passes.office.slice(0, -2), `${passes.office}x`, 'x'.repeat(50)];
    for (const pass of bad) {
      const answer = await api({ cluster: running.cluster, pass, path: '/api/briefings' });
      expect(answer.status).toBe(401);
    }
  });

  test('the rules decide about commands as everywhere', async () => {
    const { cluster } = running;
    const give = (role: PageRole | 'office', command: object) =>
      ask(role, `/api/briefings/${cluster.briefing}/commands`, {
        method: 'POST',
        body: { id: randomUUID(), command },
      });
    const [own = '', other = ''] = cluster.seats;
    const refused = async (role: PageRole | 'office', command: object) => {
      const { status, json } = await give(role, command);
      return `${status} ${json.refusal}`;
    };
    expect(await refused('point', { type: 'seat.mute', seat: other })).toBe('403 notPermitted');
    expect(await refused('point', { type: 'floor.request', beneficiary: other })).toBe(
      '403 foreignSeat',
    );
    expect(await refused('wall', { type: 'phase.step', step: 'close' })).toBe('403 notPermitted');
    expect(await refused('chair', { type: 'floor.revoke', request: 'r99' })).toBe(
      '404 unknownRequest',
    );
    expect(await refused('chair', { type: 'phase.step', step: 'open' })).toBe('409 wrongPhase');
    // The office speaks as the secretary, who has no seat to present from.
    expect(await refused('office', { type: 'presentation.start', seat: cluster.chairSeat })).toBe(
      '403 notPermitted',
    );
    expect(await refused('chair', { type: 'seat.join', seat: own, connection: 'x' })).toBe(
      '400 malformed',
    );
  });
});

describe('a command', () => {
  test('is done once under one id, and told to those who wait', async () => {
    const { cluster } = running;
    const path = `/api/briefings/${cluster.briefing}`;
    const { state } = (await ask('secretary', path)).json;
    const waiting = ask('secretary', `${path}/events?after=${state.version}&wait=20`);
    const text = 'Đề nghị các điểm cầu kiểm tra micrô.';
    const body = { id: randomUUID(), command: { type: 'message.send', to: 'all', text } };
    const first = await ask('office', `${path}/commands`, { method: 'POST', body });
    const again = await ask('office', `${path}/commands`, { method: 'POST', body });
    expect(first).toMatchObject({ status: 200, json: { version: state.version + 1 } });
    expect(again.json).toEqual(first.json);
    const { json } = await waiting;
    expect(json).toMatchObject({
      version: state.version + 1,
      more: false,
      events: [{ version: state.version + 1, event: { type: 'message.sent', text } }],
    });
    const none = await ask('secretary', `${path}/events?after=${json.version}`);
    expect(none.json).toEqual({ events: [], version: json.version, more: false });
  });

  test('and what is not for a point is not among its events', async () => {
    const { cluster } = running;
    const path = `/api/briefings/${cluster.briefing}`;
    const other = cluster.seats[1] ?? '';
    const body = {
      id: randomUUID(),
      command: { type: 'message.send', to: [other], text: 'Riêng.' },
    };
    const { json: sent } = await ask('chair', `${path}/commands`, { method: 'POST', body });
    const { json } = await ask('point', `${path}/events`);
    expect(json.version).toBeGreaterThanOrEqual(sent.version);
    expect(JSON.stringify(json.events)).not.toContain('Riêng.');
    const planned = json.events.find((e: Document) => e.event.type === 'briefing.planned');
    expect(planned.event.plan.directives).toEqual([]);
    const { json: office } = await ask('chair', `${path}/events`);
    expect(JSON.stringify(office.events)).toContain('Riêng.');
  });
});

describe('planning', () => {
  test('a template goes out as a workbook and comes in as the same plan', async () => {
    const { json } = await ask('office', '/api/templates');
    const [{ name, plan }] = json.templates;
    const file = await ask('office', `/api/templates/${name}/workbook`);
    expect(file.type).toContain(xlsxType);
    const read = await ask('office', '/api/workbooks', {
      method: 'POST',
      body: file.bytes,
      type: xlsxType,
    });
    expect(read).toMatchObject({ status: 200, json: { plan } });
  });

  test('a file that is no workbook is answered with faults', async () => {
    const read = await ask('office', '/api/workbooks', {
      method: 'POST',
      body: new TextEncoder().encode('Hội nghị'),
      type: xlsxType,
    });
    expect(read).toMatchObject({ status: 422, json: { faults: [{ code: 'notAWorkbook' }] } });
    const large = await ask('office', '/api/workbooks', {
      method: 'POST',
      body: new Uint8Array(1_200_000),
      type: xlsxType,
    });
    expect(large).toMatchObject({ status: 413, json: { refusal: 'tooLarge' } });
  });

  test('a secretary makes one of her series; what comes after it is hers, until it opens', async () => {
    const startsAt = '2041-07-03T14:00:00+07:00';
    const body = { request: randomUUID(), template: '2019-06', changes: { startsAt } };
    const made = await ask('secretary', '/api/briefings', { method: 'POST', body });
    expect(made.status).toBe(201);
    const { id, pass } = made.json;
    expect(id).not.toContain('2019');
    const again = await ask('secretary', '/api/briefings', { method: 'POST', body });
    expect(again.json).toEqual(made.json);
    const { cluster } = running;
    const path = `/api/briefings/${id}`;
    const get = (of: string) => api({ cluster, pass, path: `${path}${of}` });
    const { plan } = (await get('/plan')).json;
    const changed = { ...plan, quorum: 50, title: { vi: 'Hội nghị tháng 7', en: 'July' } };
    const put = (of: object) =>
      api({
        cluster,
        pass,
        method: 'PUT',
        path: `${path}/plan`,
        body: { request: randomUUID(), plan: of },
      });
    expect((await put(changed)).status).toBe(200);
    expect((await get('/plan')).json.plan).toEqual(changed);
    expect(await put({ ...changed, quorum: 72 })).toMatchObject({
      status: 422,
      json: { refusal: 'planFaults', conflicts: [{ code: 'quorumTooHigh', path: ['quorum'] }] },
    });
    const { json } = await get('/links');
    expect(json.links).toHaveLength(4 + 71);
    const open = { id: randomUUID(), command: { type: 'phase.step', step: 'open' } };
    await api({ cluster, pass, method: 'POST', path: `${path}/commands`, body: open });
    expect(await put(plan)).toMatchObject({ status: 409, json: { refusal: 'wrongPhase' } });
    const series = (await ask('secretary', '/api/briefings')).json.briefings;
    expect(series.map((b: Document) => b.id)).toEqual(
      expect.arrayContaining([id, cluster.briefing]),
    );
    const own = (await ask('point', '/api/briefings')).json.briefings;
    expect(own.map((b: Document) => b.id)).toEqual([cluster.briefing]);
  });

  test('a secretary makes none of another series, nor one that stands alone', async () => {
    for (const series of ['khac', null]) {
      const body = { request: randomUUID(), template: '2019-06', changes: { series } };
      const made = await ask('secretary', '/api/briefings', { method: 'POST', body });
      expect(made).toMatchObject({ status: 403, json: { refusal: 'notPermitted' } });
    }
  });

  test('links give nobody more say than they have', async () => {
    const path = `/api/briefings/${running.cluster.briefing}/links`;
    const roles = async (role: PageRole | 'office') =>
      new Set((await ask(role, path)).json.links.map((l: Document) => l.role));
    expect(await roles('technician')).toEqual(new Set(['wall', 'technician', 'point']));
    expect(await roles('office')).toEqual(
      new Set(['chair', 'secretary', 'wall', 'technician', 'point']),
    );
  });
});

describe('records', () => {
  test('minutes are read, edited by one at a time, and given out in every form', async () => {
    const path = `/api/briefings/${running.cluster.briefing}`;
    const { json: minutes } = await ask('secretary', `${path}/minutes`);
    const save = (base: number, text: string) =>
      ask('secretary', `${path}/minutes`, {
        method: 'PUT',
        body: { base, changes: { conclusion: text } },
      });
    expect(await save(minutes.version, 'Kết luận.')).toMatchObject({ status: 200 });
    expect(await save(minutes.version, 'Khác.')).toMatchObject({
      status: 409,
      json: { refusal: 'staleVersion' },
    });
    for (const of of ['minutes.docx', 'records.xlsx', 'archive.zip']) {
      const { status, bytes } = await ask('chair', `${path}/${of}`);
      expect([status, ...bytes.subarray(0, 2)], of).toEqual([200, 0x50, 0x4b]);
    }
    expect((await ask('chair', `${path}/records.json`)).json).toBeTypeOf('object');
    for (const table of tableKinds) {
      const { status, bytes } = await ask('chair', `${path}/records/${table}.csv`);
      expect([status, ...bytes.subarray(0, 3)], table).toEqual([200, 0xef, 0xbb, 0xbf]);
    }
    expect((await ask('chair', `${path}/records/nothing.csv`)).status).toBe(400);
  });
});

describe('whatever comes, the answer is a refusal by name', () => {
  const nasty = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.string(),
    fc.constant('{"request":"12345678","plan":{"points":[{"id":"__proto__"}]}}'),
    fc.record({ id: fc.string(), command: fc.object() }).map((o) => JSON.stringify(o)),
    fc
      .record({
        request: fc.constant('abcdefgh'),
        template: fc.constant('2019-06'),
        // No change at all is a good request.
        changes: fc.object().filter((o) => Object.keys(o).length > 0),
      })
      .map((o) => JSON.stringify(o)),
  );

  test('random bodies, paths and queries never make a fault', { timeout: 120_000 }, async () => {
    const before = await deedsOf(running.cluster);
    const writing = operations().filter(({ of }) => of.requestBody);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...writing), nasty, async ({ method, path }, body) => {
        const answer = await ask('office', filled(path), { method: method.toUpperCase(), body });
        expect(answer.status, `${method} ${path} ${body}`).toBeGreaterThanOrEqual(400);
        expect([400, 404, 413, 422]).toContain(answer.status);
        expect(answer.json.refusal).toBeTypeOf('string');
      }),
      { numRuns: 120 },
    );
    for (const path of [
      'events?after=-1',
      'events?wait=x',
      'minutes.docx?form=no',
      'events?after=1&after=2',
    ]) {
      const answer = await ask('office', `/api/briefings/${running.cluster.briefing}/${path}`);
      expect(answer, path).toMatchObject({ status: 400, json: { refusal: 'malformed' } });
    }
    for (const path of ['%', '..%2f..', 'x'.repeat(200), '__proto__', 'constructor', '*', '%00']) {
      const answer = await ask('office', `/api/briefings/${path}`);
      expect([400, 404], path).toContain(answer.status);
    }
    expect(await deedsOf(running.cluster)).toEqual(before);
    await expectUnharmed(running.cluster, pids);
  });

  test('too many requests of one pass are refused for a moment, others are not', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => ask('technician', `/api/templates`)),
    );
    expect(answers.every(({ status }) => status === 403)).toBe(true);
    const { cluster } = running;
    const costly = '/api/briefings';
    await until(async () => (await ask('chair', costly)).status === 429, {
      what: 'the allowance to be used up',
      timeoutMs: 25_000,
    });
    expect((await ask('secretary', `/api/briefings/${cluster.briefing}`)).status).toBe(200);
    expect(await ask('chair', costly)).toMatchObject({ json: { refusal: 'tooManyCommands' } });
  });
});
