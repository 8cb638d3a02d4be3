import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { en } from '../../client/i18n/en.ts';
import { vi } from '../../client/i18n/vi.ts';
import { requestOf } from '../../server/domain/floor.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { allStandBy, farApart, usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';

/**
 * The chair and four sites in real browsers over two media nodes. Who is seen is read from decoded
 * frames, who is heard from tones.
 */
const running = usePages();
let chair: SurfacePage;
let sites: SurfacePage[] = [];
let seats: readonly string[] = [];
/** Watches beside the pages, and clears the floor between tests. */
let secretary: ClusterClient;

const site = (index: number): SurfacePage => sites[index] as SurfacePage;
const number = (index: number): number => site(index).site ?? -1;
const row = (index: number) => `.roster [data-seat="${seats[index]}"]`;
const holder = (index: number) => `.holders [data-seat="${seats[index]}"]`;
const others = (...speakers: number[]) => sites.filter((_, i) => !speakers.includes(i));

/** All at once: they are independent pages. */
const all = (pages: readonly SurfacePage[], look: (page: SurfacePage) => Promise<unknown>) =>
  Promise.all(pages.map(look));

beforeAll(async () => {
  const { cluster, pages } = running;
  seats = farApart(cluster.seats);
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  chair = await pages.open({ role: 'chair' });
  sites = await Promise.all(seats.map((seat) => pages.open({ role: 'point', seat })));
  await secretary.sees('everybody', (s) =>
    [cluster.chairSeat, ...seats].every((x) => s.seats[x]?.status === 'connected'),
  );
  await apart();
  return () => secretary.close();
});

/**
 * A machine out of breath, as at the start of five pages, may have taken a node for dead; then
 * everybody is on the other one. Once every page has its standby leg, the start is over.
 */
async function apart(): Promise<void> {
  await until(() => allStandBy([chair, ...sites]), { what: 'standby legs', timeoutMs: 60_000 });
  const nodes = () => Promise.all([chair, ...sites].map((page) => page.node()));
  if (new Set(await nodes()).size > 1) return;
  const technician = await running.connect({ role: 'technician' });
  const moved = { seat: seats[0], action: { do: 'moveNode' } };
  await until(async () => (await technician.ask('site.act', moved)).ok, {
    what: 'another node to move to',
  });
  await until(async () => new Set(await nodes()).size > 1, { what: 'pages on both nodes' });
}

beforeEach(async () => {
  for (const { id, status } of secretary.state.floor.requests) {
    await secretary.command({
      type: status === 'granted' ? 'floor.revoke' : 'floor.deny',
      request: id,
    });
  }
  for (const { id, muted } of Object.values(secretary.state.seats)) {
    if (muted) await secretary.command({ type: 'seat.unmute', seat: id });
  }
  await secretary.sees('an empty floor', (s) => s.floor.requests.length === 0);
});

afterEach(() => {
  for (const page of [chair, ...sites]) expect(page.faults, page.name).toEqual([]);
});

test('five pages over two nodes: everybody sees and hears the chair, and nobody else', async () => {
  const nodes = await Promise.all([chair, ...sites].map((page) => page.node()));
  expect(new Set(nodes)).toEqual(new Set(['sfu-1', 'sfu-2']));
  await all(sites, (page) => page.sees({ main: [0] }));
  await all(sites, (page) => page.hears(0));
  await chair.hears();
  // Each kiosk shows its own picture small, and its microphone goes nowhere.
  for (const page of sites) {
    const own = (await page.pictures()).filter((p) => p.shown === 'own');
    expect(own.map((p) => p.painted?.site)).toEqual([page.site]);
  }
});

test('the clocks of all pages agree within 200 ms, whatever their machines say', async () => {
  let offsets: number[] = [];
  await until(
    async () => {
      offsets = await Promise.all(
        [chair, ...sites].map(({ page }) =>
          page.evaluate(() => {
            const machine = performance.timeOrigin + performance.now();
            return (window.diemcau?.serverTime ?? 0) - machine;
          }),
        ),
      );
      return Math.max(...offsets) - Math.min(...offsets) < 200;
    },
    // They are asked for again every 20 s: a first answer may have waited for a busy machine.
    { what: 'one time', timeoutMs: 60_000, seen: () => offsets },
  );
});

describe('floor', () => {
  test('grant, change of speaker and revoke from the chair console', async () => {
    await chair.press('floor.grant', row(0));
    await chair.sees({ main: [number(0)], inset: [0] });
    await all(others(0), (page) => page.sees({ main: [number(0)], inset: [0] }));
    await Promise.all([chair.hears(number(0)), ...others(0).map((p) => p.hears(0, number(0)))]);
    // The speaker sees and hears the room, never itself.
    await site(0).sees({ main: [0] });
    await site(0).hears(0);
    await site(0).shows('[data-banner="onAir"]');

    await chair.press('floor.grant', row(1));
    await all(others(1), (page) => page.sees({ main: [number(1)], inset: [0] }));
    await all(others(1), (page) => page.hears(0, number(1)));
    await site(1).sees({ main: [0] });
    await site(1).hears(0);
    await site(1).shows('[data-banner="onAir"]');
    expect(await site(0).page.locator('[data-banner="onAir"]').count()).toBe(0);

    await chair.press('floor.revoke', holder(1));
    await site(1).shows('[data-banner="turnEnd"][data-is="chair"]');
    await all(sites, (page) => page.sees({ main: [0] }));
    await all(sites, (page) => page.hears(0));
    await chair.hears();
  });

  test('a site asks, is accepted, moved up, called as the next, and finishes by itself', async () => {
    await site(2).press('floor.request');
    await site(2).shows('.request[data-stand="pending"]');
    await site(3).page.keyboard.press('F2');
    await chair.shows(`.pending [data-seat="${seats[2]}"]`);
    await chair.press('floor.accept', `.pending [data-seat="${seats[2]}"]`);
    await chair.press('floor.accept', `.pending [data-seat="${seats[3]}"]`);
    const order = () =>
      chair.page
        .locator('.queue [data-seat]')
        .evaluateAll((rows) => rows.map((r) => (r as HTMLElement).dataset.seat));
    await until(async () => (await order()).join() === [seats[2], seats[3]].join(), {
      what: 'both in the queue',
    });
    await chair.press('floor.up', `.queue [data-seat="${seats[3]}"]`);
    await until(async () => (await order()).join() === [seats[3], seats[2]].join(), {
      what: 'the order changed',
    });
    // Every kiosk knows its own place; the first is told that it is next.
    await site(3).shows('[data-banner="next"]');
    expect(await site(2).page.locator('[data-banner="next"]').count()).toBe(0);

    await chair.press('floor.grantNext');
    await all(others(3), (page) => page.sees({ main: [number(3)], inset: [0] }));
    await all(others(3), (page) => page.hears(0, number(3)));
    await site(2).shows('[data-banner="next"]');
    await site(3).press('floor.finish');
    await all(sites, (page) => page.sees({ main: [0] }));
    await all(sites, (page) => page.hears(0));
    // The other still has its place, and takes its hand down itself.
    await site(2).press('floor.withdraw');
    await secretary.sees('an empty floor', (s) => s.floor.requests.length === 0);
  });

  test("the chair's mute holds until the chair lifts it, whatever the site does", async () => {
    await chair.press('floor.grant', row(0));
    await all(others(0), (page) => page.hears(0, number(0)));
    await chair.press('seat.mute', holder(0));
    await all(others(0), (page) => page.hears(0));
    await site(0).shows('[data-banner="muted"]');
    // Still on the programme by picture, and the floor is still its own.
    await all(others(0), (page) => page.sees({ main: [number(0)], inset: [0] }));
    await site(0).page.reload();
    await site(0).shows('[data-banner="muted"]');
    await all(others(0), (page) => page.sees({ main: [number(0)], inset: [0] }));
    await site(0).sees({ main: [0] });
    await all(others(0), (page) => page.hears(0));
    await chair.press('seat.unmute', holder(0));
    await all(others(0), (page) => page.hears(0, number(0)));
  });

  test('a kiosk that is reloaded while it speaks keeps the floor and is seen and heard again', async () => {
    await chair.press('floor.grant', row(1));
    await all(others(1), (page) => page.hears(0, number(1)));
    const granted = requestOf(secretary.state.floor, seats[1] ?? '')?.id;
    await site(1).page.reload();
    await site(1).shows('[data-banner="onAir"]');
    await all(others(1), (page) => page.sees({ main: [number(1)], inset: [0] }));
    await all(others(1), (page) => page.hears(0, number(1)));
    await site(1).sees({ main: [0] });
    await site(1).hears(0);
    expect(requestOf(secretary.state.floor, seats[1] ?? '')).toMatchObject({
      id: granted,
      status: 'granted',
    });
  });

  test('two speakers at once, where the briefing allows it', async () => {
    await secretary.done({ type: 'floor.setRules', maxFloorUsers: 2 });
    await chair.press('floor.grant', row(0));
    await chair.press('floor.grant', row(2));
    const both = [number(0), number(2)];
    await all(others(0, 2), (page) => page.sees({ main: both, inset: [0] }));
    await all(others(0, 2), (page) => page.hears(0, ...both));
    await all([site(0)], (page) => page.hears(0, number(2)));
    await all([site(2)], (page) => page.hears(0, number(0)));
    await secretary.done({ type: 'floor.setRules', maxFloorUsers: 1 });
  });
});

test('a presentation by the speaker, and by the chair in its place', async () => {
  await chair.press('floor.grant', row(0));
  await site(0).press('presentation.start');
  const shown = { presentation: [number(0)], main: [number(0)], inset: [0] };
  await all([chair, ...others(0)], (page) => page.sees(shown));
  await chair.press('presentation.start');
  await all(others(0), (page) => page.sees({ ...shown, presentation: [0] }));
  await chair.press('presentation.stop');
  await all(others(0), (page) => page.sees({ main: [number(0)], inset: [0] }));
  // With the floor goes the right to present.
  await site(0).press('presentation.start');
  await all(others(0), (page) => page.sees(shown));
  await chair.press('floor.revoke', holder(0));
  await all(sites, (page) => page.sees({ main: [0] }));
  expect(await site(0).action('presentation.start').count()).toBe(0);
});

test('the wall shows every picture in its own place, and who is on air', async () => {
  const wall = await running.pages.open({ role: 'wall' });
  let last: Awaited<ReturnType<SurfacePage['pictures']>> = [];
  await until(
    async () => {
      last = await wall.pictures();
      const bySeat = new Map(last.map((p) => [p.stream, p]));
      return seats.every((seat) => {
        const picture = bySeat.get(`${seat}/camera`);
        return (picture?.painted?.site ?? -1) === running.pages.siteOf(seat) && picture?.frames;
      });
    },
    { what: 'four pictures on the wall', timeoutMs: 40_000, seen: () => last },
  );
  await chair.press('floor.grant', row(3));
  await wall.shows(`.tile[data-on-air][data-seat="${seats[3]}"]`);
  await wall.hears();
  expect(wall.faults).toEqual([]);
  await wall.close();
});

test('a second page of the same seat puts the first one out, which says so and stays out', async () => {
  const { pages } = running;
  const [seat = ''] = seats;
  await chair.press('floor.grant', row(0));
  const first = site(0);
  const second = await pages.open({ role: 'point', seat });
  await first.shows('.notice');
  await second.shows('[data-banner="onAir"]');
  await all([chair, ...others(0)], (page) => page.sees({ main: [number(0)], inset: [0] }));
  expect((await first.probe())?.state).toBe('putOut');
  expect((await first.probe())?.media).toBe('idle');
  const connection = secretary.state.seats[seat]?.connection;
  // Coming back into the network is what makes pages try again at once; this one must not.
  await first.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await second.page.reload();
  await second.shows('[data-banner="onAir"]');
  expect((await first.probe())?.state).toBe('putOut');
  expect(secretary.state.seats[seat]?.connection).not.toBe(connection);
  const joins = secretary.events.flatMap(({ event: e }) =>
    e.type === 'seat.joined' && e.seat === seat ? [e.how] : [],
  );
  expect(joins.filter((how) => how === 'evicted')).toHaveLength(1);
  // A person may take it back on the first device; then the second is the one that is out.
  await first.press('seat.takeBack');
  await second.shows('.notice');
  await all([chair, ...others(0)], (page) => page.sees({ main: [number(0)], inset: [0] }));
  await second.close();
});

test('the language is switched on each page for itself', async () => {
  const says = (index: number, words: string) =>
    until(async () => (await site(index).action('floor.request').textContent())?.includes(words), {
      what: `${site(index).name} to say ${words}`,
    });
  await says(0, vi.kiosk.request);
  await site(0).press('language.switch');
  await says(0, en.kiosk.request);
  expect(await site(0).page.evaluate(() => document.documentElement.lang)).toBe('en');
  await site(0).page.reload();
  await says(0, en.kiosk.request);
  await says(1, vi.kiosk.request);
  await site(0).press('language.switch');
  await says(0, vi.kiosk.request);
});

test('a recess takes everybody off the air, and the briefing goes on afterwards', async () => {
  await secretary.command({ type: 'phase.step', step: 'begin' });
  await chair.press('floor.grant', row(0));
  await all(others(0), (page) => page.sees({ main: [number(0)], inset: [0] }));
  await chair.press('phase.recess');
  await chair.press('dialog.confirm');
  await all(sites, (page) => page.shows('[data-holding="recess"]'));
  await all([chair, ...sites], (page) => page.hears());
  await chair.press('phase.resume');
  await all(sites, (page) => page.sees({ main: [0] }));
  await all(sites, (page) => page.hears(0));
});
