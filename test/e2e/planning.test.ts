import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../scripts/rehearse/browser.ts';
import { ensureClient } from '../../scripts/setupClient.ts';
import { api, officePass } from '../support/api.ts';
import { useCluster } from '../support/clusterTest.ts';
import { until } from '../support/until.ts';

/** The office prepares a briefing in a page, and holds it by the links that the page gives. */
const running = useCluster({ nodes: 1 });
let browser: Browser;
let page: Page;
let pass: string;
let folder: string;

beforeAll(async () => {
  await ensureClient({ root: join(import.meta.dirname, '..', '..'), say: () => {} });
  folder = await mkdtemp(join(tmpdir(), 'diemcau-planning-'));
  browser = await launchBrowser();
  pass = await officePass(running.cluster);
  page = await (await browser.newContext({ acceptDownloads: true })).newPage();
  await page.goto(`${running.cluster.url()}/planning#${pass}`);
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const on = (name: string) => page.locator(`[data-action="${name}"]`);
const press = (name: string) => on(name).first().click();
const badges = () => page.locator('.editor .badge[data-tone="caution"]').count();

interface Plan {
  readonly title: { readonly vi: string };
  readonly startsAt: string;
  readonly points: readonly { readonly id: string; readonly order: number }[];
  readonly agenda: readonly { readonly title: { readonly vi: string }; readonly minutes: number }[];
}

async function planOf(briefing: string): Promise<Plan> {
  const { cluster } = running;
  const { json } = await api({ cluster, pass, path: `/api/briefings/${briefing}/plan` });
  return json.plan;
}

const made = () =>
  page.locator('.briefing[aria-current]').getAttribute('data-briefing', { timeout: 30_000 });

const title = 'Hội nghị giao ban trực tuyến tháng 7/2019';

test('a briefing is made from a template, with its own title, time, points and agenda', async () => {
  await press('briefing.new');
  await press('new.template');
  await on('plan.titleVi').fill(title);
  await on('plan.startsAt').fill('2039-07-01T08:30');
  await page.locator('[data-point="ca-mau"]').uncheck();
  await page.locator('[data-item="be-mac"] [data-action="agenda.up"]').click();
  await press('agenda.add');
  await on('item.title').fill('Thông báo tình hình');
  await on('item.minutes').fill('12');
  await press('dialog.confirm');
  expect(await badges()).toBe(1);
  await press('plan.save');
  const id = (await made()) ?? '';
  await until(async () => (await badges()) === 0, { what: 'everything to be saved' });
  const plan = await planOf(id);
  expect(plan.title.vi).toBe(title);
  expect(plan.startsAt).toBe('2039-07-01T08:30:00+07:00');
  expect(plan.points.map((p) => p.id)).not.toContain('ca-mau');
  expect(plan.agenda.map((i) => i.title.vi).slice(-3)).toEqual([
    'Bế mạc',
    'Kết luận, giao nhiệm vụ tháng 6/2019',
    'Thông báo tình hình',
  ]);
  expect(plan.agenda.at(-1)?.minutes).toBe(12);
});

test('what contradicts itself is said where it stands, and nothing that was entered is lost', async () => {
  await on('plan.quorum').fill('72');
  await press('plan.save');
  await page.locator('.problems li').first().waitFor();
  expect(await page.locator('.problems li').count()).toBe(1);
  expect(await on('plan.quorum').inputValue()).toBe('72');
  await on('plan.quorum').fill('50');
  await press('plan.save');
  await until(async () => (await badges()) === 0, { what: 'everything to be saved' });
  expect(await page.locator('.problems').count()).toBe(0);
});

test('the plan goes out as a workbook, and what is read from one takes its place', async () => {
  const waiting = page.waitForEvent('download');
  await press('plan.getWorkbook');
  const file = join(folder, 'plan.xlsx');
  await (await waiting).saveAs(file);
  await on('plan.titleVi').fill('Tên khác');
  await on('plan.workbook.file').setInputFiles(file);
  await until(async () => (await on('plan.titleVi').inputValue()) === title, {
    what: 'the title of the workbook',
  });
  // A file that is none says so, and changes nothing.
  await on('plan.workbook.file').setInputFiles({
    name: 'plan.xlsx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('no workbook'),
  });
  await page.locator('.problems li').first().waitFor();
  expect(await on('plan.titleVi').inputValue()).toBe(title);
  await press('plan.undo');
});

test('addresses are kept beside the plan', async () => {
  const { cluster } = running;
  const id = (await made()) ?? '';
  await page.locator('[data-part="contacts"] summary').click();
  await on('contact.lao-cai').fill('diem-cau@laocai.example, khong-phai-dia-chi');
  await press('contacts.save');
  await page.locator('.problems').waitFor();
  await on('contact.lao-cai').fill('diem-cau@laocai.example; ky-thuat@laocai.example');
  await press('contacts.save');
  const path = `/api/briefings/${id}/contacts`;
  await until(async () => (await api({ cluster, pass, path })).json.contacts['lao-cai'], {
    what: 'the addresses',
  });
  expect((await api({ cluster, pass, path })).json.contacts).toEqual({
    'lao-cai': ['diem-cau@laocai.example', 'ky-thuat@laocai.example'],
  });

  // The former one's, where there is none yet; nobody is written to before they are saved.
  const contacts = { 'ha-noi': ['diem-cau@hanoi.example'], 'lao-cai': ['cu@laocai.example'] };
  const former = `/api/briefings/${cluster.briefing}/contacts`;
  await api({ cluster, pass, path: former, method: 'PUT', body: { contacts } });
  await press('contacts.takeOver');
  await until(async () => (await on('contact.ha-noi').inputValue()) === 'diem-cau@hanoi.example', {
    what: 'the former addresses',
  });
  expect(await on('contact.lao-cai').inputValue()).toContain('ky-thuat@laocai.example');
  expect(Object.keys((await api({ cluster, pass, path })).json.contacts)).toEqual(['lao-cai']);
});

test('its links open its pages; once it is open its plan is read only', async () => {
  const { cluster } = running;
  const id = (await made()) ?? '';
  const link = page.locator('.links [data-role="secretary"] [data-action="link.open"]');
  const office = await browser.newPage();
  await office.goto((await link.getAttribute('href')) ?? '');
  await until(async () => (await office.title()).includes(title), { what: 'its console' });
  const secretary = new URL((await link.getAttribute('href')) ?? '').hash.slice(1);
  const opened = await api({
    cluster,
    pass: secretary,
    method: 'POST',
    path: `/api/briefings/${id}/commands`,
    body: { id: crypto.randomUUID(), command: { type: 'phase.step', step: 'open' } },
  });
  expect(opened.status, JSON.stringify(opened.json)).toBe(200);
  await until(async () => page.locator('fieldset.plan[disabled]').isVisible(), {
    what: 'a plan that is no more to be changed here',
    timeoutMs: 30_000,
  });
  expect(await on('plan.save').count()).toBe(0);
  await office.close();
});

test('unsaved changes are not thrown away without a question', async () => {
  await press('briefing.new');
  await press('new.template');
  await on('plan.titleVi').fill('Chưa lưu');
  const other = page.locator(`[data-briefing="${running.cluster.briefing}"]`);
  await other.click();
  await press('dialog.cancel');
  expect(await on('plan.titleVi').inputValue()).toBe('Chưa lưu');
  await other.click();
  await press('dialog.confirm');
  await until(async () => (await other.getAttribute('aria-current')) === 'true', {
    what: 'the other briefing',
  });
});

test('a pass that has no say here is told so', async () => {
  const stranger = await browser.newPage();
  const seat = running.cluster.seats[0] ?? '';
  const path = `/planning#${await running.cluster.pass('point', seat)}`;
  await stranger.goto(`${running.cluster.url()}${path}`);
  // A point sees its own briefing in the list, and nothing to change.
  await stranger.locator('.briefing').first().click();
  await stranger.locator('.problems').waitFor();
  expect(await stranger.locator('[data-action="plan.save"]').count()).toBe(0);
  await stranger.close();
});
