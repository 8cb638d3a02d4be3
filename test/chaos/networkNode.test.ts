import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf } from '../support/clusterJournal.ts';
import { NetworkLab } from '../support/network.ts';
import { NetworkNodes } from '../support/networkNodes.ts';
import { speechGoesOn } from '../support/pagesSpeech.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { farApart, usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';

/** A media node whose network goes away lives on, but nobody hears of it: no reset, no goodbye. */
const lab = await NetworkLab.create();
afterAll(() => lab.close());
const away = await NetworkNodes.create(lab, 2);
afterAll(() => away.close());
const running = usePages({ nodes: 0, config: away.clusterConfig });
afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.error(away.logs);
});

let secretary: ClusterClient;
let chair: SurfacePage;
let sites: SurfacePage[] = [];

beforeAll(async () => {
  const { cluster, pages } = running;
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  chair = await pages.open({ role: 'chair' });
  sites = await Promise.all(
    farApart(cluster.seats)
      .slice(0, 3)
      .map((seat) => pages.open({ role: 'point', seat })),
  );
  return () => secretary.close();
});

const speaker = () => sites[0] as SurfacePage;

const goesOn = () => speechGoesOn({ chair, speaker: speaker(), listeners: sites.slice(1) });

test('the speech goes on over the other node, and over this one when it is back', async () => {
  const { cluster } = running;
  await secretary.sees('everybody', (s) =>
    sites.every(({ name }) => s.seats[name]?.status === 'connected'),
  );
  await secretary.done({ type: 'floor.grant', target: { seat: speaker().name }, replace: true });
  await goesOn();
  const before = await deedsOf(cluster);
  const from = secretary.state.version;
  const all = [chair, ...sites];
  const onAll = (node: string) =>
    until(async () => (await Promise.all(all.map((p) => p.node()))).every((n) => n === node), {
      what: `all pages to be on ${node}`,
      timeoutMs: 40_000,
    });

  const cut = away.named(await speaker().node());
  const remains = away.nodes.find((node) => node !== cut);
  if (!remains) throw new Error('there are two nodes');
  await cut.place.cut();
  await onAll(remains.id);
  await goesOn();

  // It comes back with whatever it still holds of before, and nobody notices.
  await cut.place.mend();
  await until(async () => (await fetch(`${cluster.url()}/healthz`)).ok, { what: 'both nodes' });
  await goesOn();
  expect(await Promise.all(all.map((p) => p.node()))).toEqual(all.map(() => remains.id));

  // And it is of use again.
  await remains.place.cut();
  await onAll(cut.id);
  await goesOn();

  expect(await deedsOf(cluster)).toEqual(before);
  expect(secretary.events.filter((e) => e.version > from)).toEqual([]);
  for (const page of all) expect(page.faults).toEqual([]);
});
