import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RemoteAction } from '../../server/protocol/wire.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { farApart, usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';

/** The technician's page over two real kiosks, two media nodes and a roster of 71. */
const running = usePages();
let desk: SurfacePage;
let near: SurfacePage;
let far: SurfacePage;
let seats: readonly [string, string];
let secretary: ClusterClient;

const row = (seat: string) => `.board tr[data-seat="${seat}"]`;
/** The pointer off the table: a row under it would stay where it is. */
const away = () => desk.page.mouse.move(2, 2);
const order = () =>
  desk.page
    .locator('.board tbody tr')
    .evaluateAll((rows) => rows.map((r) => (r as HTMLElement).dataset.seat));
const cell = (seat: string, column: string) =>
  desk.page
    .locator(`${row(seat)} [data-column="${column}"]`)
    .textContent()
    .then((words) => words ?? '');
const logged = (fault: string, seat: string) =>
  until(
    async () => {
      const line = `.fault-list li[data-fault="${fault}"][data-seat="${seat}"]`;
      return (await desk.page.locator(line).count()) > 0;
    },
    { what: `${fault} of ${seat} in the log`, timeoutMs: 30_000 },
  );
const look = async (seat: string) => {
  if ((await desk.page.locator(`.site[data-site="${seat}"]`).count()) === 0) {
    await desk.press('site.look', row(seat));
  }
  await desk.shows(`.site[data-site="${seat}"]`);
  await away();
};
const act = async (action: RemoteAction['do'], confirms: boolean) => {
  await desk.press(`site.${action}`);
  if (confirms) await desk.press('dialog.confirm');
};

beforeAll(async () => {
  const { cluster, pages } = running;
  const [a = '', b = ''] = farApart(cluster.seats);
  seats = [a, b];
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  desk = await pages.open({ role: 'technician' });
  await desk.page.setViewportSize({ width: 1366, height: 768 });
  [near, far] = await Promise.all([
    pages.open({ role: 'point', seat: a }),
    pages.open({ role: 'point', seat: b }),
  ]);
  await pages.open({ role: 'chair' });
  await secretary.sees('both kiosks', (s) =>
    [a, b].every((x) => s.seats[x]?.status === 'connected'),
  );
  return () => secretary.close();
});

afterEach(() => {
  for (const page of [desk, near, far]) expect(page.faults, page.name).toEqual([]);
});

test('all 71 points and the chair are on the board, those that are here with their figures', async () => {
  await until(async () => (await order()).length === running.cluster.seats.length + 1, {
    what: '72 rows',
  });
  for (const page of [near, far]) {
    const seat = page.name;
    await until(async () => /\d+\sms/.test(await cell(seat, 'line')), {
      what: 'a measured line',
      timeoutMs: 40_000,
    });
    expect(await cell(seat, 'browser')).toMatch(/Chrome \d+/);
    expect(await cell(seat, 'node')).toBe(await page.node());
  }
  await secretary.done({ type: 'floor.grant', target: { seat: seats[0] }, replace: true });
  await until(async () => /^[1-9]\d* → [1-9]/.test(await cell(seats[0], 'frames')), {
    what: 'pictures sent and received',
    timeoutMs: 40_000,
  });
  // Measured by the media node from what the site sends: a tone, and nobody else's.
  const meters = (seat: string) =>
    desk.page.locator(`${row(seat)} [data-column="level"] meter`).count();
  await until(async () => (await meters(seats[0])) === 1, { what: 'a level', timeoutMs: 60_000 });
  expect(await meters(seats[1])).toBe(0);
});

test('a kiosk whose camera is pulled comes first, with the reason, and goes down again', async () => {
  const [, seat] = seats;
  await away();
  await far.page.evaluate(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    Object.assign(window, {
      plugIn: () => {
        mediaDevices.getUserMedia = ask;
        mediaDevices.dispatchEvent(new Event('devicechange'));
      },
    });
    mediaDevices.getUserMedia = async (wanted) => {
      if (wanted?.video) throw new DOMException('none', 'NotFoundError');
      return ask(wanted);
    };
    const { srcObject } = document.querySelector<HTMLVideoElement>('.own video') ?? {};
    for (const track of (srcObject as MediaStream).getVideoTracks()) {
      // A script's stop() tells nobody; a pulled plug does.
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  });
  await desk.shows(`${row(seat)}[data-standing="device"]`);
  await until(async () => (await order())[0] === seat, { what: 'it to be the first', seen: order });
  expect(await cell(seat, 'state')).toMatch(/Camera: Không thấy/);
  await desk.press('rail.faults');
  await logged('deviceTrouble', seat);
  await desk.press('board.filter.trouble');
  await until(async () => (await order()).includes(seat), { what: 'it among the faults' });
  await desk.press('board.filter.all');
  // Under the pointer nothing moves, whatever becomes of it.
  await desk.page.locator(row(seat)).hover();
  await far.page.evaluate(() => (window as unknown as { plugIn: () => void }).plugIn());
  await until(
    async () => (await desk.page.locator(`${row(seat)}[data-standing="device"]`).count()) === 0,
    {
      what: 'its camera to be well',
    },
  );
  expect((await order())[0]).toBe(seat);
  await logged('deviceBack', seat);
});

describe('one site closely', () => {
  test('its picture is seen here, at whatever it sends', async () => {
    await look(seats[1]);
    let last: unknown;
    await until(
      async () => {
        const pictures = await desk.pictures();
        last = pictures;
        return pictures.some(
          (p) => p.stream === `${seats[1]}/camera` && p.painted?.site === far.site,
        );
      },
      { what: 'its picture', timeoutMs: 60_000, seen: () => last },
    );
    await desk.shows('.site [data-part="sends"]');
    await desk.shows('.site [data-part="receives"]');
    // Nothing else flows to this page.
    expect((await desk.pictures()).map((p) => p.stream)).toEqual([`${seats[1]}/camera`]);
  });

  test('its layers are held down, and let go', async () => {
    await look(seats[0]);
    const sent = () => near.page.evaluate(() => sessionStorage.getItem('diemcau.layerCap'));
    await desk.press('site.cap.low');
    await desk.shows('[data-action="site.cap.low"][aria-pressed="true"]');
    expect(await sent()).toBe('low');
    await desk.press('site.cap.none');
    await desk.shows('[data-action="site.cap.none"][aria-pressed="true"]');
    expect(await sent()).toBeNull();
  });

  test('ICE is restarted, and its pictures go on', async () => {
    await look(seats[0]);
    await act('restartIce', false);
    await desk.shows('.toast:not([data-tone="alarm"])');
    await far.sees({ main: [near.site ?? -1], inset: [0] });
  });

  test('its media go over to the other node without a reload', async () => {
    await look(seats[0]);
    const before = await near.node();
    const loaded = await near.page.evaluate(() => performance.timeOrigin);
    await act('moveNode', true);
    await until(async () => ((await near.node()) !== before ? true : undefined), {
      what: 'the other node',
      timeoutMs: 40_000,
    });
    await until(async () => (await cell(seats[0], 'node')) !== before, { what: 'it on the board' });
    await far.sees({ main: [near.site ?? -1], inset: [0] });
    expect(await near.page.evaluate(() => performance.timeOrigin)).toBe(loaded);
  });

  test('its page is reloaded and comes back, with the floor', async () => {
    await look(seats[0]);
    const loaded = await near.page.evaluate(() => performance.timeOrigin);
    await act('reload', true);
    await until(async () => (await near.page.evaluate(() => performance.timeOrigin)) !== loaded, {
      what: 'another load of the page',
      timeoutMs: 30_000,
    });
    await secretary.sees('it back', (s) => s.seats[seats[0]]?.status === 'connected');
    await far.sees({ main: [near.site ?? -1], inset: [0] });
    await desk.shows(`${row(seats[0])}:not([data-standing="lost"])`);
  });
});

test('a message to one site is acknowledged there, and counted here', async () => {
  await look(seats[1]);
  await desk.page.locator('.site [data-action="message.text"]').fill('Đề nghị kiểm tra micrô.');
  await desk.press('message.send', '.site');
  const sent = await secretary.sees('the message', (s) => s.messages.length === 1);
  const message = sent.messages[0]?.id ?? '';
  await desk.press('rail.messages');
  const receipts = () =>
    desk.page
      .locator(`.thread[data-message="${message}"] .receipts`)
      .textContent()
      .then((words) => words ?? '');
  await until(async () => /0\s*\/\s*1|0 trên 1/.test(await receipts()), {
    what: 'none of one',
    seen: receipts,
  });
  await far.press('message.acknowledge');
  await until(async () => /1\s*\/\s*1|1 trên 1/.test(await receipts()), {
    what: 'one of one',
    seen: receipts,
  });
});

test('the search finds a point without its accents', async () => {
  await desk.page.locator('.top [type="search"]').fill('dak lak');
  await until(async () => (await order()).join() === 'dak-lak', {
    what: 'that one alone',
    seen: order,
  });
  await desk.page.locator('.top [type="search"]').fill('');
  await until(async () => (await order()).length > 70, { what: 'all of them again' });
});

test('a node is drained from here: its sites go over, the log says so, and nobody is cut off', async () => {
  await desk.press('rail.faults');
  const [from, loaded] = [
    await near.node(),
    await near.page.evaluate(() => performance.timeOrigin),
  ];
  await desk.press('node.drain', `[data-node="${from}"]`);
  await desk.press('dialog.confirm');
  await until(async () => ((await near.node()) === from ? undefined : true), {
    what: 'the other node',
    timeoutMs: 40_000,
  });
  await far.sees({ main: [near.site ?? -1], inset: [0] });
  await desk.shows('.fault-list [data-fault="nodeDraining"]');
  expect(await near.page.evaluate(() => performance.timeOrigin)).toBe(loaded);
  // The one that is left cannot be drained too.
  await until(
    async () =>
      (await desk.page.locator('[data-action="node.drain"][aria-disabled="true"]').count()) === 1,
    { what: 'the last node to be kept', timeoutMs: 40_000 },
  );
});
