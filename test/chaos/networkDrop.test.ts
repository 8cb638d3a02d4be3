import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BriefingState } from '../../server/domain/briefing.ts';
import { requestOf } from '../../server/domain/floor.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf } from '../support/clusterJournal.ts';
import { NetworkLab } from '../support/network.ts';
import { pathsOf } from '../support/networkPaths.ts';
import { NetworkSite } from '../support/networkSite.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { farApart, usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';

/**
 * Sites whose lines drop, each in a network namespace of its own, all in one briefing at once. They
 * come back by themselves, as what they were.
 */
const lab = await NetworkLab.create();
afterAll(() => lab.close());
const running = usePages({ config: lab.clusterConfig });

let secretary: ClusterClient;
let chair: SurfacePage;
/** On a line to which nothing happens. */
let watcher: SurfacePage;
let speaker: NetworkSite;
let first: NetworkSite;
let second: NetworkSite;
let muted: NetworkSite;
const sites = () => [speaker, first, second, muted];

beforeAll(async () => {
  const { cluster, pages } = running;
  const [a = '', b = '', c = '', d = ''] = farApart(cluster.seats);
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  chair = await pages.open({ role: 'chair' });
  watcher = await pages.open({ role: 'point', seat: cluster.seats[49] ?? '' });
  [speaker, first, second, muted] = (await Promise.all(
    [a, b, c, d].map((seat) => NetworkSite.create({ lab, cluster, seat })),
  )) as [NetworkSite, NetworkSite, NetworkSite, NetworkSite];
  await secretary.sees('everybody', (s) => sites().every(({ seat }) => isHere(s, seat)));
  return async () => {
    secretary.close();
    await Promise.all(sites().map((site) => site.close()));
  };
});

const isHere = (state: BriefingState, seat: string) => state.seats[seat]?.status === 'connected';

/** The seat's comings and goings since `from`, as everybody was told. */
const presenceOf = (seat: string, from: number) =>
  secretary.events.flatMap(({ event, version }) =>
    version > from && 'seat' in event && event.seat === seat ? [event.type] : [],
  );

/** Where the programme is right at this site: it follows the speech, and is not heard itself. */
async function follows(page: SurfacePage): Promise<void> {
  await page.sees({ main: [speaker.number], inset: [0] });
  await page.hears(0, speaker.number);
}

/** A fuse: a minute of it is the longest outage itself, milliseconds. */
const timeout = 240_000;

test('2, 10 and 60 s without a line, and another address: all is as it was', {
  timeout,
}, async () => {
  const { cluster } = running;
  await secretary.done({ type: 'floor.grant', target: { seat: speaker.seat }, replace: true });
  for (const { seat } of [first, second, muted]) {
    await secretary.done({ type: 'floor.request', beneficiary: seat });
  }
  await secretary.done({ type: 'seat.mute', seat: muted.seat });
  const goesOn = async () => {
    await chair.sees({ main: [speaker.number], inset: [0] });
    await Promise.all([
      chair.hears(speaker.number),
      speaker.page.sees({ main: [0] }),
      speaker.page.hears(0),
      ...[watcher, first.page, second.page, muted.page].map(follows),
    ]);
  };
  await goesOn();
  const before = await deedsOf(cluster);
  const from = secretary.state.version;
  const notices = (site: NetworkSite) =>
    until(async () => (await site.page.probe())?.state === 'lost', {
      what: `${site.seat} to notice`,
      timeoutMs: 30_000,
    });

  await Promise.all([
    // Too short to lose the seat over it.
    speaker.place.outage('cut', 2_000),
    first.place.outage('unplug', 10_000).then(() => follows(first.page)),
    (async () => {
      await second.place.move();
      await until(async () => (await pathsOf(second.page)).length > 0, { what: 'a path' });
      await follows(second.page);
    })(),
    (async () => {
      await Promise.all([muted.place.outage('cut', 60_000), notices(muted)]);
      await follows(muted.page);
    })(),
    (async () => {
      await until(
        () => [first, muted].every(({ seat }) => presenceOf(seat, from).includes('seat.lost')),
        { what: 'both to be lost', timeoutMs: 30_000 },
      );
      // Meanwhile the others go on as if nothing were.
      await follows(watcher);
    })(),
  ]);
  await goesOn();
  await secretary.sees('everybody', (s) => sites().every(({ seat }) => isHere(s, seat)));

  expect(presenceOf(speaker.seat, from)).toEqual([]);
  for (const { seat } of [first, muted]) {
    expect(presenceOf(seat, from)).toEqual(['seat.lost', 'seat.joined']);
  }
  expect(await deedsOf(cluster)).toEqual(before);
  const { floor, seats } = secretary.state;
  expect(floor.queue).toEqual([first, second, muted].map(({ seat }) => requestOf(floor, seat)?.id));
  expect(seats[muted.seat]?.muted).toBe(true);
  expect((await pathsOf(second.page)).map((p) => p.address)).toContain(second.place.address);

  // Each can still be given the floor: the muted one is seen, and stays silent.
  for (const [site, heard] of [
    [first, true],
    [second, true],
    [muted, false],
  ] as const) {
    await chair.press('floor.grantNext');
    await watcher.sees({ main: [site.number], inset: [0] });
    await watcher.hears(...(heard ? [0, site.number] : [0]));
  }
  for (const page of [chair, watcher, ...sites().map((s) => s.page)])
    expect(page.faults).toEqual([]);
});
