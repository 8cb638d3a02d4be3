import { beforeAll, expect, test } from 'vitest';
import { linger } from '../../client/media/receiver.ts';
import { ServersProxy } from '../../scripts/bench/proxy.ts';
import { requestOf } from '../../server/domain/floor.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf } from '../support/clusterJournal.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { allStandBy, farApart, usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';
import { watched } from '../support/watched.ts';

/** A server dies: its pages carry on at the other by themselves, and media go on meanwhile. */
const running = usePages({
  servers: 2,
  config: { leases: { ttlMs: 1_500, renewMs: 500 }, floor: { graceMs: 60_000 } },
});
let proxy: ServersProxy;
let chair: SurfacePage;
let sites: SurfacePage[] = [];
let seats: readonly string[] = [];
/** At the server that stays. */
let secretary: ClusterClient;

declare global {
  interface Window {
    negotiations: number;
  }
}

/** Runs in the page, where it is sent as text: counts how often its media are negotiated. */
function countNegotiations(): void {
  window.negotiations = 0;
  const connection = RTCPeerConnection.prototype;
  const { setRemoteDescription } = connection;
  connection.setRemoteDescription = function (this: RTCPeerConnection, ...args: unknown[]) {
    window.negotiations += 1;
    return Reflect.apply(setRemoteDescription, this, args);
  } as typeof setRemoteDescription;
}

const negotiations = () =>
  Promise.all([chair, ...sites].map(({ page }) => page.evaluate(() => window.negotiations)));

/**
 * Waits until every page has its standby leg, and nothing has been negotiated for so long. What was
 * taken away from a page costs it a negotiation only when it has lingered.
 */
async function calm(forMs = linger + 1_500): Promise<number[]> {
  let since = performance.now();
  let last: number[] = [];
  await until(
    async () => {
      const ready = await allStandBy([chair, ...sites]);
      const now = await negotiations();
      if (!ready || `${now}` !== `${last}`) since = performance.now();
      last = now;
      return performance.now() - since > forMs;
    },
    { what: 'all that stands by', seen: () => last, timeoutMs: 30_000 },
  );
  return last;
}

beforeAll(async () => {
  const { cluster, pages } = running;
  seats = farApart(cluster.seats).slice(0, 3);
  proxy = await ServersProxy.create([cluster.port(0), cluster.port(1)]);
  secretary = await ClusterClient.connect({ cluster, role: 'secretary', server: 1 });
  chair = await pages.open({ role: 'chair', base: proxy.url, before: countNegotiations });
  sites = await Promise.all(
    seats.map((seat) =>
      pages.open({ role: 'point', seat, base: proxy.url, before: countNegotiations }),
    ),
  );
  return async () => {
    secretary.close();
    await proxy.close();
  };
});

test('floor, queue and mutes are as they were, and the speech goes on', async () => {
  const { cluster } = running;
  const [speaks = '', waits = '', muted = ''] = seats;
  const [speaker, next, silent] = sites as [SurfacePage, SurfacePage, SurfacePage];
  const connected = () =>
    [cluster.chairSeat, ...seats].every(
      (seat) => secretary.state.seats[seat]?.status === 'connected',
    );
  await secretary.sees('everybody', connected);
  await secretary.done({ type: 'floor.grant', target: { seat: speaks }, replace: true });
  await secretary.done({ type: 'floor.request', beneficiary: waits });
  await secretary.done({ type: 'seat.mute', seat: muted });
  const { floor } = secretary.state;
  const goesOn = async () => {
    const site = speaker.site ?? -1;
    for (const page of [chair, next, silent]) await page.sees({ main: [site], inset: [0] });
    await Promise.all([chair.hears(site), next.hears(0, site), silent.hears(0, site)]);
  };
  await goesOn();
  const watch = await watched(cluster, [chair, ...sites]);
  const nodes = await Promise.all([chair, ...sites].map((page) => page.node()));
  const before = await deedsOf(cluster);
  const negotiated = await calm();

  const connections = () => seats.map((seat) => secretary.state.seats[seat]?.connection);
  const old = connections();
  await cluster.server(0).kill();
  await secretary.sees(
    'everybody at the other server',
    () => connections().every((connection, i) => connection !== old[i]) && connected(),
  );
  await goesOn();
  // No page had to make its media anew: each is on the node it was on.
  expect(await Promise.all([chair, ...sites].map((page) => page.node()))).toEqual(nodes);
  // Nor did the new server take away, and make again, what their legs hold ready.
  expect(await calm()).toEqual(negotiated);
  expect(secretary.state.floor).toEqual(floor);
  expect(secretary.state.seats[muted]?.muted).toBe(true);
  expect(await deedsOf(cluster)).toEqual(before);

  // And they can be commanded there: the one in the queue gets its turn, the muted stays silent.
  const queued = requestOf(secretary.state.floor, waits)?.id ?? '';
  await chair.press('floor.grantNext');
  await secretary.sees('the next on air', (s) => s.floor.holders.includes(queued));
  await Promise.all([
    speaker.sees({ main: [next.site ?? -1], inset: [0] }),
    speaker.hears(0, next.site ?? -1),
  ]);
  await chair.press('floor.grant', `.roster [data-seat="${muted}"]`);
  await speaker.sees({ main: [silent.site ?? -1], inset: [0] });
  await speaker.hears(0);

  // The server that died comes back, and the pages stay where they are.
  await cluster.server(0).start();
  const now = connections();
  await until(async () => (await fetch(`${cluster.url()}/healthz`)).ok, { what: 'both servers' });
  await chair.press('floor.revoke', `.holders [data-seat="${muted}"]`);
  await speaker.sees({ main: [0] });
  expect(connections()).toEqual(now);
  for (const page of [chair, ...sites]) expect(page.faults).toEqual([]);
  // All the while, nothing was seen or heard that the record does not say.
  expect(await watch.contradictions()).toEqual([]);
});
