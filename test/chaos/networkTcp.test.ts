import { afterAll, expect, test } from 'vitest';
import { ClusterClient } from '../support/clusterClient.ts';
import { NetworkLab } from '../support/network.ts';
import { pathsOf } from '../support/networkPaths.ts';
import { NetworkSite } from '../support/networkSite.ts';
import { farApart, usePages } from '../support/pagesTest.ts';

/** A site whose firewall lets no UDP through gets on air all the same: ICE over TCP (RFC 6544). */
const lab = await NetworkLab.create();
afterAll(() => lab.close());
const running = usePages({ config: lab.clusterConfig });

test('speaks and hears over TCP where UDP is blocked', async () => {
  const { cluster, pages } = running;
  const [seat = ''] = farApart(cluster.seats);
  const secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  running.keep(secretary);
  const chair = await pages.open({ role: 'chair' });
  const site = running.keep(
    await NetworkSite.create({ lab, cluster, seat, prepare: (place) => place.blockUdp() }),
  );
  await secretary.sees('the site', (s) => s.seats[seat]?.status === 'connected');
  await secretary.done({ type: 'floor.grant', target: { seat }, replace: true });
  await chair.sees({ main: [site.number], inset: [0] });
  await Promise.all([chair.hears(site.number), site.page.sees({ main: [0] }), site.page.hears(0)]);
  const paths = await pathsOf(site.page);
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.map((p) => p.protocol)).toEqual(paths.map(() => 'tcp'));
  expect(site.page.faults).toEqual([]);
});
