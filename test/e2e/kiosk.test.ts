import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadBriefing } from '../../config/briefing.ts';
import type { Layout } from '../../server/domain/briefing.ts';
import { requestOf } from '../../server/domain/floor.ts';
import type { SiteReport } from '../../server/protocol/wire.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { farApart, usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';

/** Two kiosks and the chair in real browsers; the office gives its orders over the bare wire. */
const running = usePages();
let chair: SurfacePage;
let first: SurfacePage;
let second: SurfacePage;
let seats: readonly [string, string];
let secretary: ClusterClient;
const reports = new Map<string, SiteReport>();

const number = (page: SurfacePage): number => page.site ?? -1;
const office = () => secretary.state;
const nameOf = (seat: string): string => {
  const { points } = loadBriefing(running.cluster.briefing).points;
  return points.find((p) => p.id === seat)?.name.vi ?? '';
};

/** Where something stands on the page, in pixels. */
const boxOf = (page: SurfacePage, selector: string) =>
  until(() => page.page.locator(selector).boundingBox({ timeout: 3_000 }), {
    what: `${page.name} to show ${selector}`,
  });

beforeAll(async () => {
  const { cluster, pages } = running;
  const [a = '', b = ''] = farApart(cluster.seats);
  seats = [a, b];
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  secretary.socket.on('sites', (sites) => {
    for (const report of sites) reports.set(report.seat, report);
  });
  [first, second] = await Promise.all([
    pages.open({ role: 'point', seat: a }),
    pages.open({ role: 'point', seat: b }),
  ]);
  for (const kiosk of [first, second]) {
    await kiosk.page.setViewportSize({ width: 1366, height: 768 });
    // Before the chair comes there is time to look at oneself.
    for (const check of ['camera', 'microphone', 'loudspeaker', 'line']) {
      await kiosk.shows(`.holding [data-check="${check}"][data-is="good"]`);
    }
  }
  chair = await pages.open({ role: 'chair' });
  await secretary.sees('everybody', (s) =>
    [cluster.chairSeat, a, b].every((x) => s.seats[x]?.status === 'connected'),
  );
  return () => secretary.close();
});

beforeEach(async () => {
  for (const { id, status } of office().floor.requests) {
    await secretary.done({
      type: status === 'granted' ? 'floor.revoke' : 'floor.deny',
      request: id,
    });
  }
  for (const { id } of office().messages) {
    await secretary.done({ type: 'message.withdraw', message: id });
  }
  await secretary.command({ type: 'layout.set', layout: 'presentation' });
  await secretary.sees('a fresh start', (s) => s.floor.requests.length + s.messages.length === 0);
});

afterEach(() => {
  for (const page of [chair, first, second]) expect(page.faults, page.name).toEqual([]);
});

describe('enrolment', () => {
  const opens = (seat: string, page: SurfacePage) =>
    page.page.waitForFunction(
      (name) => document.title.startsWith(name) && document.body.dataset.state === 'live',
      nameOf(seat),
    );

  test('a kiosk that was switched on without a link opens the seat of its last good one', async () => {
    const { cluster, pages } = running;
    const [, , third = '', fourth = ''] = farApart(cluster.seats);
    const kiosk = await pages.open({ role: 'point', seat: third });
    await opens(third, kiosk);
    await kiosk.page.goto(`${cluster.url()}/kiosk`);
    await opens(third, kiosk);
    // A link that the server refuses is said, and takes no place of a good one.
    await kiosk.page.goto(`${cluster.url()}/kiosk#${'x'.repeat(40)}`);
    await kiosk.page.waitForFunction(() => document.body.dataset.state === 'refused');
    await kiosk.shows('.notice');
    await kiosk.page.goto(`${cluster.url()}/kiosk`);
    await opens(third, kiosk);
    // A new good link does.
    await kiosk.page.goto(await cluster.link('point', fourth));
    await opens(fourth, kiosk);
    await kiosk.page.goto(`${cluster.url()}/kiosk`);
    await opens(fourth, kiosk);
    // Once forgotten, the page asks for a link.
    await kiosk.press('settings.open');
    await kiosk.press('settings.forget');
    await kiosk.page.goto(`${cluster.url()}/kiosk`);
    await kiosk.shows('.notice');
    await kiosk.close();
  });
});

test('the screen is kept awake, again and again', async () => {
  const { cluster, pages } = running;
  const [, , third = ''] = farApart(cluster.seats);
  const kiosk = await pages.open({ role: 'point', seat: third, before: countLocks });
  const taken = (times: number) =>
    kiosk.page.waitForFunction((n) => window.locks?.length === n, times);
  await taken(1);
  // The browser takes it back by itself.
  await kiosk.page.evaluate(() => window.locks?.[0]?.dispatchEvent(new Event('release')));
  await taken(2);
  await kiosk.close();
});

describe('messages', () => {
  test('stay until they are acknowledged, one after the other, and cover nothing', async () => {
    await secretary.done({ type: 'message.send', to: 'all', text: 'Một' });
    await secretary.done({ type: 'message.send', to: [seats[0]], text: 'Hai' });
    const [one = '', two = ''] = office().messages.map((m) => m.id);
    for (const kiosk of [first, second]) await kiosk.shows(`.message[data-message="${one}"]`);
    const card = await boxOf(first, '.message');
    for (const other of ['.request', '.own', '.caption[data-shown="main"] .tag']) {
      expect(overlap(card, await boxOf(first, other)), other).toBe(false);
    }
    const target = await boxOf(first, '[data-action="message.acknowledge"]');
    expect(target.height).toBeGreaterThanOrEqual(44);
    // By key on the one machine, by hand on the other.
    await first.page.keyboard.press('F4');
    await second.press('message.acknowledge');
    const acknowledged = (id: string) =>
      Object.keys(office().messages.find((m) => m.id === id)?.acknowledged ?? {}).sort();
    await secretary.sees('both', () => acknowledged(one).join() === [...seats].sort().join());
    await first.shows(`.message[data-message="${two}"]`);
    expect(acknowledged(two)).toEqual([]);
    await until(async () => (await second.page.locator('.message').count()) === 0, {
      what: 'no message any more',
    });
    // What was taken back need not be answered.
    await secretary.done({ type: 'message.withdraw', message: two });
    await until(async () => (await first.page.locator('.message').count()) === 0, {
      what: 'no message any more',
    });
  });
});

test("the programme stands as the chair's layout says, on every page but the speaker's", async () => {
  const speaks = number(first);
  const set = (layout: Layout) => secretary.command({ type: 'layout.set', layout });
  await secretary.done({ type: 'floor.grant', target: { seat: seats[0] }, replace: true });
  await second.sees({ main: [speaks], inset: [0] });

  await set('sideBySide');
  await second.sees({ main: [0, speaks] });
  const at = (stream: string) => boxOf(second, `video[data-stream="${stream}/camera"]`);
  const [left, right] = [await at(running.cluster.chairSeat), await at(seats[0])];
  expect(left.x + left.width).toBeLessThanOrEqual(right.x + 1);
  expect(Math.abs(left.width - right.width) + Math.abs(left.height - right.height)).toBeLessThan(2);
  await first.sees({ main: [0] });

  await set('chair');
  await Promise.all([first, second].map((page) => page.sees({ main: [0] })));
  // Who is not seen is heard nevertheless.
  await second.hears(0, speaks);

  await first.press('presentation.start');
  await secretary.sees('slides', (s) => s.presentation?.seat === seats[0]);
  await set('speaker');
  await second.sees({ main: [speaks], inset: [0] });
  await set('presentation');
  await second.sees({ main: [speaks], inset: [0], presentation: [speaks] });
  const slides = await boxOf(second, 'video[data-shown="presentation"]');
  const face = await at(seats[0]);
  expect(slides.width).toBeGreaterThan(3 * face.width);
});

describe('the own turn', () => {
  const seconds = async (page: SurfacePage): Promise<number> => {
    const shown = (await page.page.locator('.speech .time .hidden').textContent()) ?? '';
    const [minutes = 0, rest = 0] = shown.split(':').map(Number);
    return minutes * 60 + rest;
  };

  test('comes with a look at oneself, and has its time counted down', async () => {
    const small = await boxOf(first, '.own');
    await first.shows('[data-action="floor.request"]:not([aria-disabled])');
    await first.page.keyboard.press('Space');
    const request = await secretary.requestOf(seats[0]);
    await secretary.command({ type: 'floor.accept', request });
    await first.shows('[data-banner="next"]');
    await until(async () => (await boxOf(first, '.own')).width > 1.5 * small.width, {
      what: 'a larger own picture',
    });

    const speech = { allottedMs: 120_000, warningsMs: [60_000, 15_000], atEnd: 'warn' } as const;
    await secretary.done({ type: 'floor.setRules', speech });
    await secretary.done({ type: 'floor.grant', target: { request }, replace: false });
    await first.shows('[data-banner="onAir"]');
    await first.shows('.speech[data-stage="running"]');
    const begun = await seconds(first);
    expect(begun).toBeGreaterThan(100);
    expect(begun).toBeLessThanOrEqual(120);
    await until(async () => (await seconds(first)) < begun, { what: 'the time to run' });
    await secretary.done({ type: 'floor.extend', request, byMs: 600_000 });
    await until(async () => (await seconds(first)) > 600, { what: 'the added time' });
    // Nobody else sees this clock as its own.
    expect(await second.page.locator('.speech').count()).toBe(0);
  });

  test('warns, then says that it is over', async () => {
    const speech = { allottedMs: 12_000, warningsMs: [11_500, 4_000], atEnd: 'warn' } as const;
    await secretary.done({ type: 'floor.setRules', speech });
    await secretary.done({ type: 'floor.grant', target: { seat: seats[0] }, replace: true });
    for (const stage of ['soon', 'last', 'over']) {
      await first.shows(`.speech[data-stage="${stage}"]`);
    }
    expect(await first.page.locator('.speech .time').textContent()).toContain('+');
    const free = { allottedMs: null, warningsMs: [], atEnd: 'warn' } as const;
    await secretary.done({ type: 'floor.setRules', speech: free });
  });

  test('says plainly that the chair has muted it', async () => {
    await secretary.done({ type: 'floor.grant', target: { seat: seats[0] }, replace: true });
    await secretary.done({ type: 'seat.mute', seat: seats[0] });
    await first.shows('[data-banner="muted"]');
    await secretary.done({ type: 'seat.unmute', seat: seats[0] });
    await until(async () => (await first.page.locator('[data-banner="muted"]').count()) === 0, {
      what: 'no word of it any more',
    });
  });
});

test('a camera that is pulled out is said, reported, and taken back by itself', async () => {
  const [seat] = seats;
  const camera = () => reports.get(seat)?.camera;
  await until(() => camera() === 'live', { what: 'a camera', seen: camera });
  await first.page.evaluate(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    window.plugIn = () => {
      mediaDevices.getUserMedia = ask;
      mediaDevices.dispatchEvent(new Event('devicechange'));
    };
    mediaDevices.getUserMedia = async (wanted) => {
      if (wanted?.video) throw new DOMException('none', 'NotFoundError');
      return ask(wanted);
    };
    const { srcObject } = document.querySelector<HTMLVideoElement>('.own video') ?? {};
    for (const track of (srcObject as MediaStream).getTracks()) {
      // A script's stop() tells nobody; a pulled plug does.
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  });
  await first.shows('[data-banner="trouble"][data-device="camera"][data-is="missing"]');
  await until(() => camera() === 'missing', { what: 'a report of it', seen: camera });
  await first.page.evaluate(() => window.plugIn?.());
  await until(() => camera() === 'live', { what: 'a camera again', seen: camera });
  await until(async () => (await first.page.locator('[data-banner="trouble"]').count()) === 0, {
    what: 'no word of it any more',
  });
  // And the briefing sees it again.
  await secretary.done({ type: 'floor.grant', target: { seat }, replace: true });
  await second.sees({ main: [number(first)], inset: [0] });
});

test('a key that was chosen and a switch ask for the floor, once for each press', async () => {
  const [seat] = seats;
  const status = () => requestOf(office().floor, seat)?.status;
  await first.press('settings.open');
  await first.press('settings.key');
  await first.shows('.setting[data-asking="yes"]');
  await first.page.keyboard.press('F4');
  await first.shows('.setting[data-asking="taken"]');
  await first.page.keyboard.press('b');
  await first.shows('.setting[data-asking="no"]');
  await first.press('settings.close');
  await first.page.keyboard.press('b');
  await until(() => status() === 'pending', { what: 'a request', seen: status });
  // It is remembered on this machine.
  await first.page.reload();
  await first.shows('.request[data-stand="pending"]');
  await first.page.keyboard.press('b');
  await until(() => status() === undefined, { what: 'no request', seen: status });

  await first.page.evaluate(() => {
    let down = false;
    window.looks = 0;
    window.foot = (pressed) => {
      down = pressed;
      window.looks = 0;
    };
    navigator.getGamepads = () => {
      window.looks = (window.looks ?? 0) + 1;
      return [{ index: 0, buttons: [{ pressed: down }] } as unknown as Gamepad];
    };
    dispatchEvent(new Event('gamepadconnected'));
  });
  const foot = async (down: boolean) => {
    await first.page.evaluate((pressed) => window.foot?.(pressed), down);
    // It has been looked at for long enough to take one press for two.
    await first.page.waitForFunction(() => (window.looks ?? 0) > 12);
  };
  await first.shows('.request[data-stand="idle"]');
  await foot(true);
  await first.shows('.request[data-stand="pending"]');
  expect(status()).toBe('pending');
  await foot(false);
  expect(status()).toBe('pending');
  await foot(true);
  await first.shows('.request[data-stand="idle"]');
  expect(status()).toBe(undefined);
  await foot(false);
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

declare global {
  interface Window {
    locks?: EventTarget[];
    plugIn?: () => void;
    foot?: (pressed: boolean) => void;
    looks?: number;
  }
}

/** Runs in the page before the product: it may use nothing from outside its own braces. */
function countLocks(): void {
  window.locks = [];
  const request = async () => {
    const lock = Object.assign(new EventTarget(), { released: false, release: async () => {} });
    lock.addEventListener('release', () => {
      lock.released = true;
    });
    window.locks?.push(lock);
    return lock;
  };
  Object.defineProperty(navigator, 'wakeLock', { value: { request } });
}
