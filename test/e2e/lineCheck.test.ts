import { afterEach, beforeAll, expect, test } from 'vitest';
import type { LineCheck } from '../../server/domain/lineCheck.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { farApart, usePages } from '../support/pagesTest.ts';
import { UdpRelay } from '../support/relay.ts';
import { relayScript } from '../support/relayPage.ts';
import { until } from '../support/until.ts';

/** Real kiosks measured over real media nodes: what a check finds, and that nobody else hears it. */
const running = usePages({ config: { lineCheck: { atJoin: true } } });
let office: ClusterClient;
let relay: UdpRelay;
let well: SurfacePage;
let blind: SurfacePage;
let lossy: SurfacePage;
let desk: SurfacePage;

const camera = { width: 640, height: 360, frameRate: 20 };
const line = { loss: 0.07, delayMs: 5, bitsPerSecond: 20_000_000, queueBytes: 200_000 };

/** The result that came after `since`, by the server's clock. */
const checkOf = (seat: string, since: number): Promise<LineCheck> =>
  until(
    () => {
      const check = office.state.lineChecks[seat];
      return check && check.at > since ? check : undefined;
    },
    { what: `the check of ${seat}`, timeoutMs: 60_000, seen: () => office.state.lineChecks },
  );

const lastAt = () => Math.max(0, ...Object.values(office.state.lineChecks).map(({ at }) => at));

beforeAll(async () => {
  const { cluster, pages } = running;
  const [a = '', b = '', c = ''] = farApart(cluster.seats);
  relay = await UdpRelay.create({ targets: cluster.rtcPorts, up: line, down: line, seed: 3 });
  office = await ClusterClient.connect({ cluster, role: 'secretary' });
  desk = await pages.open({ role: 'technician' });
  well = await pages.open({ role: 'point', seat: a, camera });
  blind = await pages.open({
    role: 'point',
    seat: b,
    before: () => {
      const { mediaDevices } = navigator;
      const ask = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (wanted) => {
        if (wanted?.video) throw new DOMException('none', 'NotFoundError');
        return ask(wanted);
      };
    },
  });
  lossy = await pages.open({
    role: 'point',
    seat: c,
    camera,
    before: relayScript({ ports: relay.ports }),
  });
  return () => {
    office.close();
    relay.close();
  };
});

afterEach(() => {
  for (const page of [desk, well, blind, lossy]) expect(page.faults, page.name).toEqual([]);
});

test('each site is measured as it comes, without any person', async () => {
  const first = await checkOf(well.name, 0);
  expect(first.run).toMatch(/^j\d+$/);
  // Other pages have only just begun on the same machine: it may take another try to be good.
  const good = await until(
    async () => {
      const { [well.name]: check } = office.state.lineChecks;
      if (check?.verdict === 'good') return check;
      const before = lastAt();
      await office.done({ type: 'lineCheck.start', seats: [well.name] });
      await checkOf(well.name, before);
      return undefined;
    },
    { what: 'a good check', timeoutMs: 60_000, seen: () => office.state.lineChecks },
  );
  expect(good.result?.picture?.framesDecoded).toBeGreaterThan(30);
  expect(good.result?.sound?.levelDb).toBeGreaterThan(-50);
  expect(good.result?.rttMs).not.toBeNull();
  const none = await checkOf(blind.name, 0);
  expect(none).toMatchObject({ verdict: 'failed', faults: ['noPicture'] });
  const bad = await checkOf(lossy.name, 0);
  expect(bad.faults).toContain('lossUp');
  expect(bad.result?.lossUp).toBeGreaterThan(0.02);
});

test('an order from the technician’s page; while it lasts, no site hears any other', async () => {
  const before = lastAt();
  await desk.press('check.menu');
  await desk.press('check.all');
  await well.shows('.banner[data-banner="checking"]');
  const heard = new Set<number>();
  const all = [well, blind, lossy];
  const results = Promise.all(all.map(({ name }) => checkOf(name, before)));
  let over = false;
  void results.finally(() => {
    over = true;
  });
  while (!over) for (const page of all) for (const site of await page.heard()) heard.add(site);
  const [ofWell, ofBlind, ofLossy] = await results;
  // What a busy machine does to pictures and estimates is no news of the line.
  const busy = ['slowPicture', 'narrowUp', 'narrowDown'];
  expect(ofWell?.faults.filter((fault) => !busy.includes(fault))).toEqual([]);
  expect(ofBlind).toMatchObject({ verdict: 'failed', faults: ['noPicture'] });
  expect(ofLossy?.faults).toContain('lossUp');
  expect([...heard]).toEqual([]);
  await desk.shows('[data-check-progress="done"]');
  const cell = `.board tr[data-seat="${blind.name}"] [data-column="check"] .standing`;
  await until(async () => (await desk.page.locator(cell).getAttribute('data-tone')) === 'alarm', {
    what: 'the board to say so',
  });
  // Nothing is left of it: cameras that nobody wants are not encoded, and the way is free.
  for (const page of all) {
    await until(
      async () => (await page.page.locator('.banner[data-banner="checking"]').count()) === 0,
      {
        what: 'the notice to go',
      },
    );
  }
});
