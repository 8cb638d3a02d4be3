import { afterEach, beforeAll, expect, test } from 'vitest';
import { refusals } from '../../client/i18n/refusals.ts';
import { requestOf } from '../../server/domain/floor.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf } from '../support/clusterJournal.ts';
import { speechGoesOn } from '../support/pagesSpeech.ts';
import type { SurfacePage } from '../support/pagesSurface.ts';
import { farApart, usePages } from '../support/pagesTest.ts';
import { until } from '../support/until.ts';
import { type Watched, watched } from '../support/watched.ts';

/** Redis or a media node dies in the middle of a speech: nobody has to do anything. */
const running = usePages();
let chair: SurfacePage;
let sites: SurfacePage[] = [];
let secretary: ClusterClient;
/** What every page showed and played, all the time, for the checker. */
let watch: Watched;

beforeAll(async () => {
  const { cluster, pages } = running;
  const seats = farApart(cluster.seats).slice(0, 3);
  secretary = await ClusterClient.connect({ cluster, role: 'secretary' });
  chair = await pages.open({ role: 'chair' });
  sites = await Promise.all(seats.map((seat) => pages.open({ role: 'point', seat })));
  watch = await watched(cluster, [chair, ...sites]);
  return () => secretary.close();
});

const speaker = () => sites[0] as SurfacePage;

afterEach(() => watch.read());

const goesOn = () => speechGoesOn({ chair, speaker: speaker(), listeners: sites.slice(1) });

test('Redis stops and returns: the speech goes on, and the console says that control is paused', async () => {
  const { cluster } = running;
  await secretary.sees('everybody', (s) => s.seats[speaker().name]?.status === 'connected');
  await secretary.done({ type: 'floor.grant', target: { seat: speaker().name }, replace: true });
  await goesOn();
  await cluster.redis.kill();
  // The console says so, and offers nothing that would be refused.
  await chair.shows('[data-interrupted="control"]');
  const mute = chair.action('seat.mute', `.roster [data-seat="${sites[2]?.name}"]`);
  await until(async () => (await mute.getAttribute('aria-disabled')) === 'true', {
    what: 'the console to offer no muting',
  });
  expect(await mute.getAttribute('title')).toBe(refusals.vi.controlPaused);
  await goesOn();
  await cluster.redis.restart();
  await until(
    async () => (await secretary.command({ type: 'floor.setRules', maxFloorUsers: 2 })).ok,
    {
      what: 'commands to be taken again',
    },
  );
  await goesOn();
  await secretary.done({ type: 'floor.setRules', maxFloorUsers: 1 });
  await secretary.done({
    type: 'floor.revoke',
    request: await secretary.requestOf(speaker().name),
  });
  expect(secretary.events.filter((e) => e.event.type === 'seat.lost')).toEqual([]);
});

test('the speech goes on over the other node, and over this one when it is back', async () => {
  const { cluster } = running;
  await secretary.sees('everybody', (s) => s.seats[speaker().name]?.status === 'connected');
  await secretary.done({ type: 'floor.grant', target: { seat: speaker().name }, replace: true });
  const granted = requestOf(secretary.state.floor, speaker().name)?.id;
  await goesOn();
  const before = await deedsOf(cluster);

  const dies = await speaker().node();
  const remains = dies === 'sfu-1' ? 'sfu-2' : 'sfu-1';
  await cluster.nodeNamed(dies).kill();
  await until(async () => (await speaker().node()) === remains, { what: 'the speaker to move' });
  await goesOn();
  for (const page of [chair, ...sites]) expect(await page.node()).toBe(remains);

  // It comes back empty, and takes over when the other one goes.
  await cluster.nodeNamed(dies).start();
  await until(async () => (await fetch(`${cluster.url()}/healthz`)).ok, {
    what: 'two nodes again',
  });
  await goesOn();
  await cluster.nodeNamed(remains).kill();
  await until(async () => (await speaker().node()) === dies, { what: 'the speaker to move back' });
  await goesOn();

  // Nothing of the briefing itself has changed, and nobody lost a seat.
  expect(await deedsOf(cluster)).toEqual(before);
  expect(requestOf(secretary.state.floor, speaker().name)?.id).toBe(granted);
  expect(secretary.events.filter((e) => e.event.type === 'seat.lost')).toEqual([]);
  for (const page of [chair, ...sites]) expect(page.faults).toEqual([]);
});

test('the record and all that was seen and heard agree', async () => {
  await secretary.done({
    type: 'floor.revoke',
    request: await secretary.requestOf(speaker().name),
  });
  for (const site of sites) await site.hears(0);
  expect(await watch.contradictions()).toEqual([]);
});
