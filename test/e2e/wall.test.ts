import { afterEach, beforeAll, expect, test } from 'vitest';
import { slotsOf } from '../../client/wall/slots.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';

/**
 * The wall in a real browser, with two sites in real browsers and two that only speak the wire.
 * Layers of so few bits that any line carries them: what a line carries is another test's matter.
 */
const running = usePages({
  config: {
    media: {
      simulcast: [
        { scaleResolutionDownBy: 4, maxBitrate: 60_000, maxFramerate: 15 },
        { scaleResolutionDownBy: 2, maxBitrate: 140_000 },
        { scaleResolutionDownBy: 1, maxBitrate: 300_000 },
      ],
    },
  },
});
/** The least that Chromium sends in two layers. */
const camera = { width: 640, height: 360, frameRate: 8 };
let secretary: ClusterClient;
let wall: SurfacePage;
let sites: SurfacePage[] = [];
/** The first and the last of the board: on different displays where there are two. */
let seats: readonly string[] = [];
let lights: ClusterClient[] = [];
let lightSeats: readonly string[] = [];

const seat = (index: number): string => seats[index] ?? '';
const tile = (of: string, rest = '') => `.tile[data-seat="${of}"]${rest}`;
/** The board's address with another view; the pass stays in its fragment. */
async function view(search: string): Promise<void> {
  const url = new URL(wall.page.url());
  url.search = search;
  await wall.page.goto('about:blank');
  await wall.page.goto(url.href);
  await wall.shows('.board');
}
const streams = async (): Promise<string[]> =>
  ((await wall.probe())?.receiving ?? []).map((r) => r.stream).sort();
const cameraOf = (of: string) => `${of}/camera`;
const places = (): Promise<Record<string, string>> =>
  wall.page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('.tile')].map((t) => {
        const { left, top, width, height } = t.getBoundingClientRect();
        return [t.dataset.seat ?? '', [left, top, width, height].map(Math.round).join()];
      }),
    ),
  );
/** Waits until the tile shows its own site, in a picture that moves. */
async function seesTile(of: string, site: number): Promise<void> {
  let first: number | undefined;
  await until(
    async () => {
      const picture = (await wall.pictures()).find((p) => p.stream === cameraOf(of));
      if (picture?.painted?.site !== site) return false;
      first = Math.min(first ?? picture.frames, picture.frames);
      return picture.frames > first && (await wall.page.locator(tile(of, ' .why')).count()) === 0;
    },
    { what: `the tile of ${of} to show its picture`, timeoutMs: 40_000 },
  );
}

beforeAll(async () => {
  const { cluster, pages } = running;
  seats = [cluster.seats[8] ?? '', cluster.seats.at(-3) ?? ''];
  lightSeats = [cluster.seats[10] ?? '', cluster.seats[30] ?? ''];
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  await secretary.done({ type: 'phase.step', step: 'open' }).catch(() => {});
  lights = await Promise.all(
    lightSeats.map((s) => ClusterClient.connect({ cluster, role: 'point', seat: s })),
  );
  sites = await Promise.all(seats.map((s) => pages.open({ role: 'point', seat: s, camera })));
  wall = await pages.open({ role: 'wall' });
  await wall.page.setViewportSize({ width: 1366, height: 768 });
  return () => {
    for (const client of [secretary, ...lights]) client.close();
  };
});

afterEach(() => {
  for (const page of [wall, ...sites]) expect(page.faults, page.name).toEqual([]);
});

test('71 sites have fixed places: one that is lost keeps its own, with the reason and the time', async () => {
  await view('');
  await Promise.all(seats.map((s, i) => seesTile(s, sites[i]?.site ?? -1)));
  const before = await places();
  expect(Object.keys(before)).toEqual(running.cluster.seats);
  const lost = lightSeats[0] ?? '';
  await wall.shows(tile(lost, ' .why[data-why="waiting"]'));
  lights[0]?.drop();
  // The real one goes without a word too: its last picture must not pass for the present.
  await sites[1]?.close();
  for (const s of [lost, seat(1)]) await wall.shows(tile(s, ' .why[data-why="lost"] time'));
  expect(await places()).toEqual(before);
  const { cluster, pages } = running;
  lights[0] = await ClusterClient.connect({ cluster, role: 'point', seat: lost });
  sites[1] = await pages.open({ role: 'point', seat: seat(1), camera });
  await wall.shows(tile(lost, ' .why[data-why="waiting"]'));
  await seesTile(seat(1), sites[1].site ?? -1);
  expect(await places()).toEqual(before);
});

test('who speaks has a ring from the measured sound, and nobody else', async () => {
  await view('');
  await secretary.done({ type: 'floor.grant', target: { seat: seat(0) }, replace: true });
  await wall.shows(tile(seat(0), '[data-speaking][data-on-air]'));
  await wall.shows('.tile[data-speaking]');
  const loud = await wall.page
    .locator(tile(seat(0), ' .ring'))
    .evaluate((ring) => Number(getComputedStyle(ring).getPropertyValue('--loud')));
  expect(loud).toBeGreaterThan(0);
  await secretary.done({ type: 'floor.revoke', request: await secretary.requestOf(seat(0)) });
  await until(async () => (await wall.page.locator('.tile[data-speaking]').count()) === 0, {
    what: 'the ring to go',
  });
});

test('a request, its place in the list and a message that is not acknowledged stand on the tile', async () => {
  await view('');
  const asks = lightSeats[1] ?? '';
  await lights[1]?.done({ type: 'floor.request', beneficiary: asks });
  await wall.shows(tile(asks, ' [data-mark="pending"]'));
  await secretary.done({ type: 'floor.accept', request: await secretary.requestOf(asks) });
  await wall.shows(tile(asks, ' [data-mark="queued"]'));
  expect(await wall.page.locator(tile(asks, ' [data-mark="queued"]')).textContent()).toBe('1');
  const version = await secretary.done({
    type: 'message.send',
    to: [asks],
    text: 'Kiểm tra micrô',
  });
  await wall.shows('.tile [data-mark="unread"]');
  const message = secretary.state.messages.find((m) => m.sentVersion <= version)?.id ?? '';
  await lights[1]?.done({ type: 'message.acknowledge', message, seat: asks });
  await until(async () => (await wall.page.locator('[data-mark="unread"]').count()) === 0, {
    what: 'the mark of the message to go',
  });
  await secretary.done({ type: 'floor.deny', request: await secretary.requestOf(asks) });
});

test('Enter looks closer: that site alone comes larger, arrows go on, Escape goes back', async () => {
  await view('');
  const { page } = wall;
  const width = (selector: string) =>
    page.locator(selector).evaluate((v) => (v as HTMLVideoElement).videoWidth);
  await Promise.all(seats.map((s, i) => seesTile(s, sites[i]?.site ?? -1)));
  const small = await width(tile(seat(0), ' video'));
  await page.locator(tile(seat(0), ' .look')).focus();
  await page.keyboard.press('Enter');
  await wall.shows('.closer');
  await until(async () => (await width('.closer video[data-large="shown"]')) > small, {
    what: 'a larger picture',
    timeoutMs: 40_000,
  });
  expect(await width(tile(seat(1), ' video'))).toBe(small);
  // What the site measured of itself stands beside it.
  await until(async () => (await page.locator('.closer dl').count()) === 2, {
    what: 'the measurements of the site',
  });
  await page.keyboard.press('ArrowLeft');
  await wall.shows(`.closer[data-seat="${running.cluster.seats[7]}"]`);
  await page.keyboard.press('Escape');
  await until(async () => (await page.locator('.closer').count()) === 0, { what: 'the board' });
  // The focus is where one has come to, in the row and then in the column below.
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.look);
  expect(await focused()).toBe(running.cluster.seats[7]);
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe(running.cluster.seats[16]);
  await until(async () => (await width(tile(seat(0), ' video'))) === small, {
    what: 'the small picture again',
    timeoutMs: 40_000,
  });
});

test('a display receives its own tiles only, and none while nobody can see them', async () => {
  const flowsOnly = (...of: string[]) =>
    until(async () => (await streams()).join() === of.map(cameraOf).sort().join(), {
      what: `only ${of} to flow`,
      timeoutMs: 40_000,
      seen: streams,
    });
  const roster = Object.values(secretary.state.seats)
    .filter((s) => s.order > 0)
    .sort((a, b) => a.order - b.order);
  for (const order of ['protocol', 'region'] as const) {
    for (const page of [1, 2]) {
      await view(`?order=${order}&page=${page}&of=2`);
      const slots = slotsOf(roster, { order, page, of: 2 });
      const due = slots.flatMap((s) => (s.is === 'seat' ? [s.seat] : []));
      expect(Object.keys(await places())).toEqual(due);
      await flowsOnly(...seats.filter((s) => due.includes(s)));
    }
  }
  await view('');
  await flowsOnly(...seats);
  const hide = (hidden: boolean) =>
    wall.page.evaluate((now) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => now });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await flowsOnly();
  await hide(false);
  await flowsOnly(...seats);
});

test('the cyclic view goes round the connected sites, holds at a click, and is in the address', async () => {
  await view('?cycle=3');
  const connected = running.cluster.seats.filter((s) => [...seats, ...lightSeats].includes(s));
  const at = () => wall.page.locator('.large').getAttribute('data-seat');
  const seen: string[] = [];
  await until(
    async () => {
      const now = await at();
      if (now !== null && seen.at(-1) !== now) seen.push(now);
      return seen.length >= connected.length + 1;
    },
    { what: 'a whole round and the first again', timeoutMs: 40_000, seen: () => seen },
  );
  const from = connected.indexOf(seen[0] ?? '');
  const round = connected.map((_, i) => connected[(from + i) % connected.length]);
  expect(seen).toEqual([...round, round[0]]);
  await wall.page.locator('.large').click({ position: { x: 40, y: 40 } });
  await wall.shows('.large .held');
  const held = await at();
  await wall.press('wall.cycle.next');
  const next = connected[(connected.indexOf(held ?? '') + 1) % connected.length];
  expect(await at()).toBe(next);
  await wall.press('wall.cycle.previous');
  expect(await at()).toBe(held);
  // Its picture stands there, and its tile is where it was.
  await wall.press('wall.settings');
  await wall.press('wall.cycle.off');
  await until(async () => (await wall.page.locator('.large').count()) === 0, { what: 'the board' });
  expect(new URL(wall.page.url()).search).toBe('');
  await wall.press('wall.order.region');
  await until(async () => (await wall.page.locator('.region').count()) === 8, {
    what: 'the heads of the regions',
  });
  expect(new URL(wall.page.url()).search).toBe('?order=region');
  await wall.page.reload();
  await until(async () => (await wall.page.locator('.region').count()) === 8, {
    what: 'the regions after a reload',
  });
});
