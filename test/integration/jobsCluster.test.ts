import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sealOf } from '../../server/records/archiveFormat.ts';
import { verifyArchive } from '../../server/records/archiveVerify.ts';
import { api, makeBriefing, officePass } from '../support/api.ts';
import { Cluster } from '../support/cluster.ts';
import { type HookReceiver, isGenuine, startHookReceiver } from '../support/hookReceiver.ts';
import { header, type Mailbox, startMailbox } from '../support/mailbox.ts';
import { until } from '../support/until.ts';

/** Letters, webhooks, the door to the queues and records at the closing, in two real servers. */
let cluster: Cluster;
let post: Mailbox;
let receiver: HookReceiver;
let office = '';

beforeAll(async () => {
  post = await startMailbox();
  receiver = await startHookReceiver();
  const smtp = {
    host: '127.0.0.1',
    port: post.port,
    security: 'none',
    from: 'Điểm cầu <diemcau@example.vn>',
  };
  cluster = await Cluster.create({ servers: 2, nodes: 1, config: { smtp } });
  office = await officePass(cluster);
});
afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.error(cluster.logs);
});
afterAll(async () => {
  await cluster?.close();
  await receiver.close();
  await post.close();
});

const ask = (method: string, path: string, o: { body?: unknown; server?: number } = {}) =>
  api({ cluster, pass: office, method, path, ...o });

async function command(briefing: string, of: { type: string; step?: string }) {
  const path = `/api/briefings/${briefing}/commands`;
  const id = crypto.randomUUID();
  const { status } = await ask('POST', path, { body: { id, command: of }, server: 1 });
  expect(status).toBe(200);
}

test('a briefing from the invitation to its archive', async () => {
  const wish = { url: receiver.url, events: ['phase.changed', 'notice.invitation'] };
  const added = await ask('POST', '/api/webhooks', { body: wish });
  expect(added.status).toBe(201);
  const { secret, webhook } = added.json;
  expect((await ask('GET', '/api/webhooks', { server: 1 })).json.webhooks).toEqual([webhook]);

  const startsAt = new Date(Date.now() + 7 * 86_400_000).toISOString();
  const briefing = await makeBriefing(cluster, { changes: { startsAt } });
  const path = `/api/briefings/${briefing}/contacts`;
  const [first = '', second = ''] = cluster.seats;
  const contacts = { [first]: ['mot@example.vn'], [second]: ['hai@example.vn', 'ba@example.vn'] };
  expect((await ask('PUT', path, { body: { contacts } })).status).toBe(204);
  expect((await ask('GET', path, { server: 1 })).json).toEqual({ contacts });
  const refused = await ask('PUT', path, { body: { contacts: { nobody: ['x@example.vn'] } } });
  expect(refused.json).toMatchObject({ refusal: 'unknownSeat' });
  const notMail = await ask('PUT', path, { body: { contacts: { [first]: ['x'] } } });
  expect(notMail.json).toMatchObject({ refusal: 'malformed' });
  await until(() => post.mails.length === 2, { what: 'the invitations' });
  expect(post.mails.map(({ to }) => to.join()).sort()).toEqual([
    'hai@example.vn,ba@example.vn',
    'mot@example.vn',
  ]);
  for (const mail of post.mails) expect(header(mail, 'subject')).toMatch(/^Giấy mời họp/);

  await command(briefing, { type: 'phase.step', step: 'open' });
  await command(briefing, { type: 'phase.step', step: 'begin' });
  await command(briefing, { type: 'phase.step', step: 'close' });
  const told = () =>
    receiver.received
      .filter(({ json }) => json.briefing === briefing)
      .flatMap(({ json }) => json.events ?? [json.notice.kind])
      .map((each) => each.event?.to ?? each);
  await until(() => told().includes('closed'), { what: 'the closing told', seen: told });
  expect(told().sort()).toEqual(['closed', 'gathering', 'inSession', 'invitation']);
  const now = Date.now() / 1_000;
  for (const each of receiver.received) expect(isGenuine(each, { secret, now })).toBe(true);

  const folder = join(cluster.folder, 'records', briefing);
  const archive = await until(() => readFile(join(folder, 'archive.zip')), {
    what: 'the archive',
    timeoutMs: 25_000,
  });
  expect(archive.length).toBeGreaterThan(1_000);
  const files = new Map(Object.entries(unzipSync(archive)));
  expect(verifyArchive(files)).toEqual([]);
  // Its seal is said where the archive is not.
  await until(() => cluster.logs.includes(sealOf(files)), { what: 'the seal in a log' });
  const docx = await readFile(join(folder, 'minutes.docx'));
  expect(docx.subarray(0, 2).toString()).toBe('PK');
});

test('technicians see the queues; nobody else does', async () => {
  const enter = async (pass: string) =>
    fetch(`${cluster.url(1)}/jobs/enter`, {
      method: 'POST',
      headers: { authorization: `Bearer ${pass}` },
    });
  expect((await enter(await cluster.pass('secretary'))).status).toBe(401);
  const cookie = (await enter(await cluster.pass('technician'))).headers.get('set-cookie') ?? '';
  // The other server knows it by the same secret.
  const queues = await fetch(`${cluster.url(0)}/jobs/api/queues`, {
    headers: { cookie: cookie.split(';')[0] ?? '' },
  });
  const { queues: found } = (await queues.json()) as { queues: { name: string }[] };
  expect(found.map(({ name }) => name).sort()).toEqual([
    'mails',
    'notices',
    'records',
    'timers',
    'webhooks',
  ]);
  expect((await fetch(`${cluster.url(0)}/jobs/api/queues`)).status).toBe(401);
});
