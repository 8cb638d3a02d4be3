import { beforeAll, describe, expect, test } from 'vitest';
import { requestOf } from '../../server/domain/floor.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { usePages } from '../support/pagesTest.ts';
import { violationsInBothThemes } from '../support/screens.ts';

/**
 * WCAG 2.2 AA as far as a machine can tell: axe finds nothing on any surface, in any main state, in
 * either theme. 71 seats are on the roster; one of them is a real page.
 */
const running = usePages();
let secretary: ClusterClient;
let kiosk: SurfacePage;
let chair: SurfacePage;
let wall: SurfacePage;
let technician: SurfacePage;
/** The kiosk's. */
let seat = '';

beforeAll(async () => {
  const { cluster, pages } = running;
  seat = cluster.seats[8] ?? '';
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  kiosk = await pages.open({ role: 'point', seat });
  chair = await pages.open({ role: 'chair' });
  wall = await pages.open({ role: 'wall' });
  technician = await pages.open({ role: 'technician' });
  for (const { page } of [kiosk, chair, wall, technician]) {
    await page.setViewportSize({ width: 1366, height: 768 });
  }
  await secretary.sees('chair and kiosk', (s) =>
    [cluster.chairSeat, seat].every((id) => s.seats[id]?.status === 'connected'),
  );
  return () => secretary.close();
});

const fault = async (page: SurfacePage) =>
  expect(await violationsInBothThemes(page), page.name).toEqual([]);

/** Two seats without a page of the product: one asks by itself, the office registers the other. */
const asking = () => running.cluster.seats[20] ?? '';
const registered = () => running.cluster.seats[30] ?? '';

describe('before the beginning', () => {
  test('the kiosk holds', async () => {
    await kiosk.shows('[data-phase="gathering"]');
    await fault(kiosk);
  });
  test('the kiosk in its settings', async () => {
    await kiosk.press('settings.open');
    await kiosk.shows('dialog[open]');
    await fault(kiosk);
    await kiosk.page.keyboard.press('Escape');
  });
  test('the chair console', () => fault(chair));
  test('the wall', () => fault(wall));
  test('the board of the technician', () => fault(technician));
});

describe('in session', () => {
  beforeAll(async () => {
    await secretary.done({ type: 'phase.step', step: 'begin' });
    const { cluster } = running;
    const point = await ClusterClient.connect({ cluster, role: 'point', seat: asking() });
    await point.done({ type: 'floor.request', beneficiary: asking() });
    await secretary.done({ type: 'floor.request', beneficiary: registered() });
    return () => point.close();
  });
  test('the kiosk watches the programme', async () => {
    await kiosk.sees({ main: [0] });
    await fault(kiosk);
  });
  test('the kiosk has asked, waits, and is the next', async () => {
    await kiosk.press('floor.request');
    await kiosk.shows('.request[data-stand="pending"]');
    await fault(kiosk);
    const request = await secretary.requestOf(seat);
    await secretary.done({ type: 'floor.accept', request, position: 1 });
    await kiosk.shows('[data-banner="next"]');
    await fault(kiosk);
  });
  test('the chair console with a queue, somebody who asks, and a message', async () => {
    await secretary.done({ type: 'message.send', to: 'all', text: 'Đề nghị kiểm tra micrô.' });
    await fault(chair);
    await fault(kiosk);
  });
  test('the kiosk is on air', async () => {
    await secretary.done({ type: 'floor.grant', target: { seat }, replace: true });
    await kiosk.shows('[data-banner="onAir"]');
    await fault(kiosk);
    await fault(chair);
    await fault(wall);
  });
  test('the kiosk is muted', async () => {
    await secretary.done({ type: 'seat.mute', seat });
    await kiosk.shows('[data-banner="muted"]');
    await fault(kiosk);
    await fault(chair);
  });
  test('whatever opens over the chair console', async () => {
    const { page } = chair;
    for (const [opens, action] of [
      ['[role="menu"]', 'seat.menu'],
      ['dialog[open]', 'keys.show'],
      ['dialog[open]', 'call.open'],
      ['dialog[open]', 'seat.muteOthers'],
      ['dialog[open]', 'phase.recess'],
      ['dialog[open]', 'phase.close'],
    ] as const) {
      await chair.action(action).first().click();
      await page.locator(opens).first().waitFor();
      expect(await violationsInBothThemes(chair), action).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator(opens).first().waitFor({ state: 'detached' });
    }
  });
  test('one site closely, on the wall and at the technician', async () => {
    await wall.action('wall.look').first().click();
    await wall.shows('.closer');
    await fault(wall);
    await technician.page.locator(`tbody [data-seat="${seat}"] th`).click();
    await technician.shows(`[data-site="${seat}"]`);
    await fault(technician);
  });
});

test('recess and the end', async () => {
  await secretary.done({ type: 'phase.step', step: 'recess' });
  await secretary.sees('nobody on air', (s) => requestOf(s.floor, seat)?.status !== 'granted');
  await fault(kiosk);
  await fault(wall);
  await secretary.done({ type: 'phase.step', step: 'resume' });
  await secretary.done({ type: 'phase.step', step: 'close' });
  await kiosk.shows('[data-phase="closed"]');
  await fault(kiosk);
  await fault(chair);
});
