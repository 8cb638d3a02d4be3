import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FaultEntry, RemoteAction, SiteMeasure } from '../../server/protocol/wire.ts';
import { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf } from '../support/clusterJournal.ts';
import { useCluster } from '../support/clusterTest.ts';
import { reading } from '../support/readings.ts';
import { until } from '../support/until.ts';

/** What sites measure and what is done to them, over two servers: nobody knows at which one is whom. */
const running = useCluster({
  servers: 2,
  nodes: 1,
  config: { limits: { commandsPerSecond: 1_000 } },
});

/** Everything that an office page is told about measures, by seat, and of faults. */
function listen(page: ClusterClient) {
  const measures = new Map<string, SiteMeasure>();
  let batches = 0;
  const faults = new Map<string, FaultEntry>();
  page.socket.on('measures', (fresh) => {
    batches += 1;
    for (const m of fresh) measures.set(m.seat, m);
  });
  page.socket.on('faults', (entries) => {
    for (const entry of entries) faults.set(entry.id, entry);
  });
  return {
    measures,
    batches: () => batches,
    said: () => [...faults.values()].toSorted((a, b) => a.at - b.at).map(({ what }) => what),
    fault: (is: string, seat: string) =>
      until(
        () =>
          [...faults.values()].find(({ what: w }) => w.is === is && 'seat' in w && w.seat === seat),
        {
          what: `${is} of ${seat}`,
          seen: () => [...faults.values()],
        },
      ),
  };
}

const seat = (place: number): string => running.cluster.seats[place] ?? '';
const point = (place: number, server: number) =>
  running.connect({ role: 'point', seat: seat(place), server });
const technician = (server: number) => running.connect({ role: 'technician', server });

/** An office page that listens from its first moment on. */
async function desk(role: 'technician' | 'chair', server: number) {
  const { cluster, keep } = running;
  const auth = { pass: await cluster.pass(role), page: randomUUID() };
  const page = keep(new ClusterClient(cluster.url(server), auth));
  const told = listen(page);
  await page.welcomed();
  return told;
}

test('a measure reaches every office page, at whichever server, in batches; and late comers', async () => {
  const before = await deedsOf(running.cluster);
  const told = [await desk('technician', 0), await desk('chair', 1)];
  const sites = await Promise.all([0, 1, 2].map((place) => point(place, place % 2)));
  for (const site of sites) {
    expect(await site.ask('site.report', reading({ roundTripMs: 77 }))).toEqual({ ok: true });
  }
  for (const { measures } of told) {
    await until(() => [0, 1, 2].every((place) => measures.get(seat(place))?.roundTripMs === 77), {
      what: 'all three',
    });
  }
  // Not one message for each report.
  for (const { batches } of told) expect(batches()).toBeLessThanOrEqual(4);
  const { measures } = await desk('technician', 1);
  await until(() => measures.size >= 3, { what: 'what was measured before it came' });
  // Measurements are no events.
  const after = await deedsOf(running.cluster);
  expect(after.filter(({ event }) => !event.type.startsWith('seat.'))).toEqual(
    before.filter(({ event }) => !event.type.startsWith('seat.')),
  );
});

test('the time of the last change stays while only figures change', async () => {
  const office = await desk('technician', 0);
  const site = await point(3, 1);
  const told = async (roundTripMs: number) =>
    until(
      () => {
        const m = office.measures.get(seat(3));
        return m?.roundTripMs === roundTripMs ? m : undefined;
      },
      { what: `the measure of ${roundTripMs} ms` },
    );
  await site.ask('site.report', reading({ roundTripMs: 1 }));
  const first = await told(1);
  await site.ask('site.report', reading({ roundTripMs: 2 }));
  const second = await told(2);
  expect(second.since).toBe(first.since);
  expect(second.at).toBeGreaterThan(first.at);
  await site.ask('site.report', reading({ roundTripMs: 3, node: 'sfu-9' }));
  const third = await told(3);
  expect(third.since).toBe(third.at);
});

describe('remote actions', () => {
  const obey = (
    site: ClusterClient,
    reply: Parameters<Parameters<typeof hear>[1]>[1] = { ok: true },
  ) => {
    const heard: RemoteAction[] = [];
    hear(site, (action, answer = reply) => {
      heard.push(action);
      return answer;
    });
    return heard;
  };
  function hear(
    site: ClusterClient,
    answer: (
      action: RemoteAction,
      reply?: { ok: true } | { ok: false; refusal: 'mediaUnavailable' },
    ) => { ok: true } | { ok: false; refusal: 'mediaUnavailable' },
  ): void {
    site.socket.on('act', (action, done) => done(answer(action)));
  }

  test.each([0, 1])(
    'reach the site’s page at server %i, and its answer comes back',
    async (server) => {
      const site = await point(4, server);
      const heard = obey(site);
      const page = await technician(0);
      await page.sees('the site', (s) => s.seats[seat(4)]?.connection === site.socket.id);
      const action = { do: 'capLayer', layer: 'low' } as const;
      expect(await page.ask('site.act', { seat: seat(4), action })).toEqual({ ok: true });
      expect(heard).toEqual([action]);
      site.close();
      await page.sees('it gone', (s) => s.seats[seat(4)]?.status === 'lost');
    },
  );

  test('a refusal of the site is told as such; nobody there, no such seat, no such right', async () => {
    const page = await technician(0);
    const site = await point(5, 1);
    obey(site, { ok: false, refusal: 'mediaUnavailable' });
    await page.sees('the site', (s) => s.seats[seat(5)]?.status === 'connected');
    const act = (by: ClusterClient, of: string) =>
      by.ask('site.act', { seat: of, action: { do: 'moveNode' } });
    expect(await act(page, seat(5))).toMatchObject({ ok: false, refusal: 'mediaUnavailable' });
    expect(await act(page, seat(20))).toMatchObject({ ok: false, refusal: 'seatNotConnected' });
    expect(await act(page, 'nowhere')).toMatchObject({ ok: false, refusal: 'unknownSeat' });
    expect(await act(page, 'constructor')).toMatchObject({ ok: false, refusal: 'unknownSeat' });
    for (const role of ['chair', 'secretary', 'wall'] as const) {
      const other = await running.connect({ role });
      expect(await act(other, seat(5))).toMatchObject({ ok: false, refusal: 'notPermitted' });
    }
    expect(await act(site, seat(5))).toMatchObject({ ok: false, refusal: 'notPermitted' });
  });
});

describe('the log of faults', () => {
  test('a site that is lost and returns, its device and its line: told live, and to who comes late', async () => {
    const there = await desk('technician', 0);
    const site = await point(6, 1);
    await site.ask('site.devices', { camera: 'live', microphone: 'live' });
    await site.ask('site.devices', { camera: 'missing', microphone: 'live' });
    await there.fault('deviceTrouble', seat(6));
    await site.ask('site.devices', { camera: 'live', microphone: 'live' });
    await there.fault('deviceBack', seat(6));
    for (const _ of [1, 2]) await site.ask('site.report', reading({ lossUp: 0.4 }));
    await there.fault('lossHigh', seat(6));
    for (const _ of [1, 2, 3]) await site.ask('site.report', reading());
    await there.fault('lossEnds', seat(6));
    site.drop();
    await there.fault('seatLost', seat(6));
    await point(6, 0);
    await there.fault('seatReturned', seat(6));
    const kinds = [
      'deviceTrouble',
      'deviceBack',
      'lossHigh',
      'lossEnds',
      'seatLost',
      'seatReturned',
    ];
    const ofSite = (said: ReturnType<typeof there.said>) =>
      said.filter((w) => 'seat' in w && w.seat === seat(6)).map((w) => w.is);
    expect(ofSite(there.said())).toEqual(kinds);
    for (const server of [0, 1]) {
      // Both servers read the journal; the loss that both saw is written down once.
      const late = await desk('technician', server);
      await late.fault('seatReturned', seat(6));
      expect(ofSite(late.said())).toEqual(kinds);
    }
  });

  test('a media node that dies and comes back: both servers see it, and it is written down once', async () => {
    const desks = [await desk('technician', 0), await desk('technician', 1)];
    const ofNode = (said: ReturnType<(typeof desks)[0]['said']>) =>
      said.filter((w) => 'node' in w).map((w) => w.is);
    await running.cluster.node(0).kill();
    for (const { said } of desks) {
      await until(() => ofNode(said()).includes('nodeLost'), { what: 'the loss', seen: said });
    }
    await running.cluster.node(0).start();
    for (const { said } of desks) {
      await until(() => ofNode(said()).includes('nodeReturned'), {
        what: 'the return',
        seen: said,
      });
    }
    const late = await desk('technician', 0);
    await until(() => ofNode(late.said()).includes('nodeReturned'), { what: 'the log' });
    expect(ofNode(late.said())).toEqual(['nodeLost', 'nodeReturned']);
  });

  test('nobody but technicians is told', async () => {
    const chair = await desk('chair', 1);
    const there = await desk('technician', 1);
    const site = await point(7, 1);
    await site.ask('site.devices', { camera: 'denied', microphone: 'live' });
    await site.ask('site.report', reading({ node: 'sfu-7' }));
    await there.fault('deviceTrouble', seat(7));
    await until(() => chair.measures.has(seat(7)), { what: 'a later word to the chair' });
    expect(chair.said()).toEqual([]);
  });
});
