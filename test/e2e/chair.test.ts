import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { vi } from '../../client/i18n/vi.ts';
import { requestOf } from '../../server/domain/floor.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import { shown, shows, tidy } from '../support/pagesConsole.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';

/**
 * The chair console in a real browser. Its points are pages without a browser: what is tried here
 * is the console, and seventy-one points fill its lists as they will on the day.
 */
const running = usePages();
const t = vi.chair;
let chair: SurfacePage;
let secretary: ClusterClient;
let points: readonly ClusterClient[] = [];
let seats: readonly string[] = [];

const seat = (index: number): string => seats[index] ?? '';
const point = (index: number): ClusterClient => points[index] as ClusterClient;
const queueRow = (index: number) => `.queue [data-seat="${seat(index)}"]`;

const holder = () =>
  secretary.state.floor.requests.filter((r) => r.status === 'granted').map((r) => r.beneficiary);
const queued = (...indexes: number[]) => indexes.map(seat);
async function enqueue(...indexes: number[]): Promise<void> {
  for (const index of indexes) {
    await secretary.done({ type: 'floor.request', beneficiary: seat(index) });
  }
  await shows(chair, '.queue', queued(...indexes));
}

beforeAll(async () => {
  const { cluster, pages } = running;
  seats = cluster.seats;
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  points = await Promise.all(
    seats.map((s) => ClusterClient.connect({ cluster, role: 'point', seat: s })),
  );
  await secretary.done({ type: 'phase.step', step: 'begin' });
  chair = await pages.open({ role: 'chair' });
  await chair.page.setViewportSize({ width: 1366, height: 768 });
  await until(async () => (await shown(chair, '.roster')).length === 71, {
    what: 'the whole roster',
  });
  return () => {
    for (const client of [...points, secretary]) client.close();
  };
});

beforeEach(() => tidy(chair, secretary));
afterEach(() => expect(chair.faults).toEqual([]));

describe('the queue', () => {
  test('is reordered by dragging, with a mark where the row would go', async () => {
    await enqueue(1, 2, 3, 4);
    const from = await chair.page.locator(`${queueRow(4)} .grip`).boundingBox();
    const to = await chair.page.locator(queueRow(2)).boundingBox();
    if (!from || !to) throw new Error('no rows');
    const { mouse } = chair.page;
    await mouse.move(from.x + 8, from.y + 10);
    await mouse.down();
    await mouse.move(from.x + 8, from.y - 10, { steps: 3 });
    await mouse.move(from.x + 8, to.y + 6, { steps: 5 });
    await chair.shows(`${queueRow(2)}[data-mark="before"]`);
    await chair.shows(`${queueRow(4)}[data-dragged]`);
    await mouse.up();
    await shows(chair, '.queue', queued(1, 4, 2, 3));
    await secretary.sees('the order', (s) => {
      const order = s.floor.queue.map((id) => s.floor.requests.find((r) => r.id === id));
      return order.map((r) => r?.beneficiary).join() === queued(1, 4, 2, 3).join();
    });
    // Escape puts a row back that is being dragged.
    await mouse.move(from.x + 8, from.y + 10);
    await mouse.down();
    await mouse.move(from.x + 8, to.y - 80, { steps: 5 });
    await chair.shows('.queue [data-dragged]');
    await chair.page.keyboard.press('Escape');
    await mouse.up();
    expect(await chair.page.locator('.queue [data-dragged]').count()).toBe(0);
    expect(await shown(chair, '.queue')).toEqual(queued(1, 4, 2, 3));
  });

  test('is reordered by keys, which stay with the row, and by its menu', async () => {
    await enqueue(1, 2, 3, 4);
    const { keyboard } = chair.page;
    const focused = () =>
      chair.page.evaluate(
        () => document.activeElement?.closest<HTMLElement>('.queue [data-seat]')?.dataset.seat,
      );
    // One stop of the Tab key for the whole list; the arrows go from row to row.
    await chair.page.locator(`${queueRow(1)} [data-action="seat.look"]`).focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    expect(await focused()).toBe(seat(3));
    await keyboard.press('Alt+ArrowUp');
    await shows(chair, '.queue', queued(1, 3, 2, 4));
    await keyboard.press('Alt+ArrowUp');
    await shows(chair, '.queue', queued(3, 1, 2, 4));
    expect(await focused()).toBe(seat(3));
    await keyboard.press('Alt+End');
    await shows(chair, '.queue', queued(1, 2, 4, 3));
    expect(await focused()).toBe(seat(3));
    await chair.press('seat.menu', queueRow(4));
    await chair.press('menu.floor.first');
    await shows(chair, '.queue', queued(4, 1, 2, 3));
    await chair.press('floor.down', queueRow(4));
    await shows(chair, '.queue', queued(1, 4, 2, 3));
  });

  test('keeps every row where it is under the pointer, while requests stream in', async () => {
    for (const index of [10, 11, 12]) {
      await point(index).done({ type: 'floor.request', beneficiary: seat(index) });
    }
    await shows(chair, '.pending', queued(10, 11, 12));
    const row = chair.page.locator(`.pending [data-seat="${seat(12)}"]`);
    await row.hover();
    const before = await row.boundingBox();
    // Two above it go, one gets the floor, and others come.
    await point(10).done({
      type: 'floor.release',
      request: await secretary.requestOf(seat(10)),
    });
    await secretary.done({ type: 'floor.grant', target: { seat: seat(11) }, replace: true });
    for (const index of [5, 6, 7, 8, 9]) {
      await point(index).done({ type: 'floor.request', beneficiary: seat(index) });
    }
    await shows(chair, '.pending', queued(12, 5, 6, 7, 8, 9));
    await shows(chair, '.holders', queued(11));
    expect(await row.boundingBox()).toEqual(before);
    expect(await chair.page.locator('.pending .gone').count()).toBe(2);
    await chair.press('floor.accept', `.pending [data-seat="${seat(12)}"]`);
    await shows(chair, '.queue', queued(12));
    // Once the pointer has gone, what has left is gone.
    await chair.page.mouse.move(680, 20);
    await until(async () => (await chair.page.locator('.pending .gone').count()) === 0, {
      what: 'the list to close up',
    });
  });
});

describe('quick call', () => {
  const called = (id: string) => seats.indexOf(id);
  const type = async (letters: string) => {
    await chair.page.keyboard.press('/');
    await chair.page.keyboard.type(letters);
  };

  test('calls a point by three letters without accents, and asks only before it ends a turn', async () => {
    await type('dak');
    await until(async () => (await shown(chair, '.found')).includes('dak-nong'), {
      what: 'Đắk Nông',
    });
    expect(await shown(chair, '.found')).toContain('dak-lak');
    await chair.page.keyboard.type(' n');
    await shows(chair, '.found', ['dak-nong']);
    await chair.page.keyboard.press('Enter');
    await secretary.sees('Đắk Nông speaking', () => holder().join() === 'dak-nong');
    expect(await chair.page.locator('dialog[open]').count()).toBe(0);

    // The best answer is the first, and the first is what Enter takes.
    await type('thua');
    await shows(chair, '.found', ['thua-thien-hue', 'binh-thuan', 'ninh-thuan']);
    await chair.page.keyboard.press('Enter');
    await chair.shows('dialog [data-action="dialog.confirm"]');
    expect(await chair.page.locator('dialog[open]').textContent()).toContain(
      t.call.ends('Đắk Nông'),
    );
    expect(holder()).toEqual(['dak-nong']);
    await chair.press('dialog.confirm');
    await secretary.sees('Huế speaking', () => holder().join() === 'thua-thien-hue');
    await until(
      async () =>
        (await chair.page.locator('[data-announced]').textContent())?.includes(
          t.announce.granted('Thừa Thiên Huế'),
        ),
      { what: 'it to be said aloud' },
    );
  });

  test('registers with Shift, chooses with arrows, and says why it cannot call', async () => {
    await type('tha');
    await until(async () => (await shown(chair, '.found')).length > 2, { what: 'several points' });
    const found = await shown(chair, '.found');
    await chair.page.keyboard.press('ArrowDown');
    await chair.page.keyboard.press('Shift+Enter');
    await shows(chair, '.queue', [found[1] ?? '']);
    expect(requestOf(secretary.state.floor, found[1] ?? '')?.requestedBy.role).toBe('chair');
    expect(holder()).toEqual([]);

    point(called('lao-cai')).close();
    await secretary.sees('Lào Cai away', (s) => s.seats['lao-cai']?.status !== 'connected');
    await type('lao');
    await shows(chair, '.found', ['lao-cai']);
    await chair.page.keyboard.press('Enter');
    await chair.shows('.toast[data-tone="alarm"]');
    expect(holder()).toEqual([]);
    await chair.page.keyboard.press('Escape');
  });
});

test('the keys call the next, give a minute, end the turn and choose the layout', async () => {
  await secretary.done({
    type: 'floor.setRules',
    speech: { allottedMs: 300_000, warningsMs: [60_000], atEnd: 'warn' },
  });
  await enqueue(3, 4);
  const { keyboard } = chair.page;
  await keyboard.press('g');
  await shows(chair, '.holders', queued(3));
  await keyboard.press('t');
  await secretary.sees(
    'a minute more',
    (s) => requestOf(s.floor, seat(3))?.time?.addedMs === 60_000,
  );
  await chair.shows(`.holders [data-seat="${seat(3)}"] [data-stage="running"]`);
  for (const [key, layout] of Object.entries({
    2: 'speaker',
    3: 'sideBySide',
    4: 'chair',
    1: 'presentation',
  })) {
    await keyboard.press(key);
    await secretary.sees(layout, (s) => s.layout === layout);
    await chair.shows(`[data-action="layout.${layout}"][aria-pressed="true"]`);
  }
  await keyboard.press('r');
  await shows(chair, '.holders', []);
  await secretary.done({
    type: 'floor.setRules',
    speech: { allottedMs: null, warningsMs: [], atEnd: 'warn' },
  });
});

test('everybody but the holder is muted after a word of what will happen, and freed again', async () => {
  await secretary.done({ type: 'floor.grant', target: { seat: seat(7) }, replace: true });
  await shows(chair, '.holders', queued(7));
  await chair.press('seat.muteOthers');
  await chair.shows('dialog[open]');
  const words = await chair.page.locator('dialog[open]').textContent();
  expect(words).toContain(t.muteOthers.detail(70));
  const name = secretary.state.seats[seat(7)]?.name.vi ?? '';
  expect(words).toContain(t.muteOthers.keeps(name));
  await chair.press('dialog.confirm');
  const muted = () => Object.values(secretary.state.seats).filter((s) => s.muted);
  await secretary.sees('seventy muted', () => muted().length === 70);
  expect(muted().map((s) => s.id)).not.toContain(seat(7));
  expect(secretary.state.seats[running.cluster.chairSeat]?.muted).toBe(false);
  await chair.press('seat.unmuteAll');
  await secretary.sees('nobody muted', () => muted().length === 0);
});

test('messages: receipts are counted, those who are missing are chased, and it can be withdrawn', async () => {
  await chair.press('panel.messages');
  await chair.page.locator('[data-action="message.text"]').fill('Đề nghị kiểm tra micrô.');
  await chair.press('message.send');
  const sent = await secretary.sees('the message', (s) => s.messages.length === 1);
  const [first] = sent.messages;
  for (const index of [0, 1, 2]) {
    await point(index).done({
      type: 'message.acknowledge',
      message: first?.id ?? '',
      seat: seat(index),
    });
  }
  const says = (words: string) =>
    until(async () => (await chair.page.locator('.thread').textContent())?.includes(words), {
      what: `the console to say ${words}`,
    });
  await says(t.message.receipts(3, 71));
  await chair.press('message.missing');
  expect(await shown(chair, '.thread .absent')).toEqual(seats.slice(3));
  await chair.press('message.chase');
  const chased = await secretary.sees('the repetition', (s) => s.messages.length === 2);
  expect(new Set(chased.messages[1]?.to)).toEqual(new Set(seats.slice(3)));
  await point(3).done({
    type: 'message.acknowledge',
    message: chased.messages[1]?.id ?? '',
    seat: seat(3),
  });
  await says(t.message.receipts(4, 71));
  expect(await chair.page.locator('.thread').count()).toBe(1);
  await chair.press('message.withdraw');
  await chair.press('dialog.confirm');
  await secretary.sees('nothing left', (s) => s.messages.length === 0);
});

test('a reload comes back to the same place, and never keeps the pass', async () => {
  const { page } = chair;
  await chair.press('roster.filter.connected');
  await page.locator('.roster .rows').evaluate((list) => list.scrollTo(0, 900));
  await chair.press('panel.messages');
  await page.locator('[data-action="message.text"]').fill('Còn dở');
  await chair.press('seat.look', `.roster [data-seat="${seat(30)}"]`);
  await chair.shows(`.preview[data-seat="${seat(30)}"]`);
  const scroll = () => page.locator('.roster .rows').evaluate((list) => list.scrollTop);
  const before = await scroll();
  expect(before).toBeGreaterThan(500);
  await page.reload();
  await chair.shows(`.preview[data-seat="${seat(30)}"]`);
  await chair.shows('[data-action="roster.filter.connected"][aria-pressed="true"]');
  await chair.shows('.compose');
  expect(await page.locator('[data-action="message.text"]').inputValue()).toBe('Còn dở');
  expect(await scroll()).toBe(before);
  const pass = new URLSearchParams(new URL(page.url()).hash.slice(1)).toString().slice(8, 60);
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  expect(kept).not.toContain(pass);
  await page.locator('[data-action="message.text"]').fill('');
  await chair.press('preview.next');
  await chair.press('roster.filter.all');
});

test('two consoles see the same truth, whichever of them acts', async () => {
  const other = await running.pages.open({ role: 'secretary' });
  await other.page.setViewportSize({ width: 1366, height: 768 });
  await enqueue(20, 21, 22);
  await shows(other, '.queue', queued(20, 21, 22));
  await other.press('floor.up', queueRow(22));
  await shows(chair, '.queue', queued(20, 22, 21));
  await chair.page.keyboard.press('g');
  await shows(other, '.holders', queued(20));
  await other.press('layout.sideBySide');
  await chair.shows('[data-action="layout.sideBySide"][aria-pressed="true"]');
  await chair.page.keyboard.press('1');
  await other.shows('[data-action="layout.presentation"][aria-pressed="true"]');
  await other.press('floor.revoke', `.holders [data-seat="${seat(20)}"]`);
  await shows(chair, '.holders', []);
  await shows(chair, '.queue', queued(22, 21));
  expect(other.faults).toEqual([]);
  await other.close();
});

test('a point is looked at in its own picture before it is called, and called from there', async () => {
  const { pages } = running;
  const site = await pages.open({ role: 'point', seat: seat(50) });
  await secretary.sees('its kiosk', (s) => s.seats[seat(50)]?.status === 'connected');
  await chair.press('seat.look', `.roster [data-seat="${seat(50)}"]`);
  await until(
    () =>
      chair.page.evaluate(
        (wanted) => {
          const video = document.querySelector<HTMLVideoElement>('.preview video');
          return video !== null && window.painted.read(video)?.site === wanted;
        },
        pages.siteOf(seat(50)),
      ),
    { what: 'the picture in the preview', timeoutMs: 40_000 },
  );
  // Nobody else sees it, and it has not been called.
  expect(holder()).toEqual([]);
  await chair.press('preview.grant');
  await chair.sees({ main: [pages.siteOf(seat(50))], inset: [0] });
  await chair.press('preview.next');
  await site.close();
});

test('a recess is asked for with its consequences in numbers, and can be thought better of', async () => {
  await enqueue(1, 2, 3);
  await secretary.done({ type: 'floor.grant', target: { seat: seat(1) }, replace: true });
  await shows(chair, '.holders', queued(1));
  await chair.press('phase.recess');
  await chair.shows('dialog[open]');
  const here = Object.values(secretary.state.seats).filter(
    (s) => s.order > 0 && s.status === 'connected',
  ).length;
  const words = await chair.page.locator('dialog[open]').textContent();
  expect(words).toContain(t.confirm.recess.points(here));
  expect(words).toContain(t.confirm.speaking(1));
  expect(words).toContain(t.confirm.recess.waiting(2));
  await chair.page.keyboard.press('Escape');
  expect(secretary.state.phase).toBe('inSession');
  await chair.press('phase.recess');
  await chair.press('dialog.confirm');
  await secretary.sees('the recess', (s) => s.phase === 'recess');
  await shows(chair, '.queue', queued(2, 3));
  await chair.press('phase.resume');
  await secretary.sees('the session', (s) => s.phase === 'inSession');
});
