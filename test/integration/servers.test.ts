import { describe, expect, test } from 'vitest';
import { requestOf } from '../../server/domain/floor.ts';
import type { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf, journalOf, journalState } from '../support/clusterJournal.ts';
import { useCluster } from '../support/clusterTest.ts';
import { until } from '../support/until.ts';

/** Two servers on one Redis are one briefing: wherever a page comes in, the same things are true. */
const running = useCluster({
  servers: 2,
  config: {
    leases: { ttlMs: 1_500, renewMs: 500 },
    floor: { graceMs: 1_200 },
    limits: { commandsPerSecond: 1_000 },
  },
});

const point = (seat: string, server: number, page?: string) =>
  running.connect({ role: 'point', seat, server, ...(page === undefined ? {} : { page }) });

async function clearFloor(page: ClusterClient): Promise<void> {
  for (const r of page.state.floor.requests) {
    const type = r.status === 'granted' ? 'floor.revoke' : 'floor.deny';
    await page.done({ type, request: r.id });
  }
}

/** The chair at the first server, the secretary at the second, and nothing on the floor. */
async function office(): Promise<{ chair: ClusterClient; secretary: ClusterClient }> {
  const chair = await running.connect({ role: 'chair', server: 0 });
  const secretary = await running.connect({ role: 'secretary', server: 1 });
  for (const r of Object.values(chair.state.floor.requests)) {
    const type = r.status === 'granted' ? 'floor.revoke' : 'floor.deny';
    await chair.done({ type, request: r.id });
  }
  await secretary.sees('an empty floor', (s) => Object.keys(s.floor.requests).length === 0);
  return { chair, secretary };
}

/** Waits until both offices have folded the whole journal, and holds them against it. */
async function agree(...pages: readonly ClusterClient[]): Promise<void> {
  const truth = await journalState(running.cluster);
  for (const page of pages) {
    await until(() => page.seen >= truth.version, { what: 'the end of the journal' });
    if (page.seen === truth.version) expect(page.state).toEqual(truth);
    expect(page.gaps).toBe(0);
  }
}

describe('roster', () => {
  test('a seat that was given up while its server stood still is taken again', async () => {
    const seat = running.cluster.seats.at(-1) ?? '';
    const { secretary } = await office();
    const page = await point(seat, 0);
    await secretary.sees('it join', (s) => s.seats[seat]?.status === 'connected');
    const connection = secretary.state.seats[seat]?.connection;
    process.kill(running.cluster.server(0).pid ?? 0, 'SIGSTOP');
    try {
      await secretary.sees('it given up', (s) => s.seats[seat]?.status === 'lost');
    } finally {
      process.kill(running.cluster.server(0).pid ?? 0, 'SIGCONT');
    }
    await secretary.sees('it back', (s) => s.seats[seat]?.status === 'connected');
    expect(secretary.state.seats[seat]?.connection).toBe(connection);
    expect(page.putOuts).toEqual([]);
    await agree(secretary);
  });

  test('joining, leaving, being lost and coming back is seen at both servers', async () => {
    const [seat = ''] = running.cluster.seats;
    const { chair, secretary } = await office();
    const both = async (what: string, status: string) => {
      for (const page of [chair, secretary]) {
        await page.sees(what, (s) => s.seats[seat]?.status === status);
      }
    };
    const first = await point(seat, 1);
    await both('it join', 'connected');
    const firstJoin = chair.state.seats[seat]?.firstJoinedAt;
    first.drop();
    await both('it lost', 'lost');
    const second = await point(seat, 0, first.page);
    await both('it return', 'connected');
    expect(await second.ask('leave', {})).toEqual({ ok: true });
    second.close();
    await both('it leave', 'expected');
    await point(seat, 1);
    await both('it join again', 'connected');
    expect(chair.state.seats[seat]?.firstJoinedAt).toBe(firstJoin);

    const seen = chair.events.flatMap(({ event: e }) =>
      'seat' in e && e.seat === seat ? [e.type === 'seat.joined' ? e.how : e.type] : [],
    );
    expect(seen).toEqual(['first', 'seat.lost', 'returned', 'seat.left', 'first']);
    // Times are the servers' own, and never run backwards.
    const times = (await journalOf(running.cluster)).map((e) => e.at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    await agree(chair, secretary);
  });

  for (const [where, second] of [
    ['at the same server', 0],
    ['at the other server', 1],
  ] as const) {
    test(`a newer connection of the same seat ${where} evicts the older at once`, async () => {
      const seat = running.cluster.seats[1] ?? '';
      const { chair, secretary } = await office();
      const older = await point(seat, 0);
      const newer = await point(seat, second);
      await older.closed();
      expect(older.putOuts).toEqual(['evicted']);
      const holder = (page: ClusterClient) => page.state.seats[seat];
      for (const page of [chair, secretary]) {
        await page.sees('the newer one', () => holder(page)?.connection === newer.socket.id);
      }
      // The end of the older line is no loss of the seat: it is the newer one's.
      expect(await newer.ask('snapshot', {})).toMatchObject({ ok: true });
      await newer.done({ type: 'floor.request', beneficiary: seat });
      await agree(chair, secretary);
      expect(holder(chair)).toMatchObject({ status: 'connected', connection: newer.socket.id });
      const lost = (await journalOf(running.cluster)).filter(
        ({ event }) => event.type === 'seat.lost' && event.connection === older.socket.id,
      );
      expect(lost).toEqual([]);
      expect(newer.putOuts).toEqual([]);
    });
  }
});

describe('floor', () => {
  test('its whole life, half at one server and half at the other', async () => {
    const [, , a = '', b = '', c = '', d = ''] = running.cluster.seats;
    const { chair, secretary } = await office();
    const pages = await Promise.all([a, b, c].map((seat, i) => point(seat, i % 2)));
    const [pageA, pageB, pageC] = pages as [ClusterClient, ClusterClient, ClusterClient];
    await point(d, 1);

    await pageA.done({ type: 'floor.request', beneficiary: a });
    await pageB.done({ type: 'floor.request', beneficiary: b });
    await pageC.done({ type: 'floor.request', beneficiary: c, priority: 1 });
    // On behalf of a point, by telephone: accepted at once.
    await secretary.done({ type: 'floor.request', beneficiary: d, priority: 4 });
    expect(await secretary.command({ type: 'floor.request', beneficiary: d })).toEqual({
      ok: false,
      refusal: 'alreadyRequested',
    });
    const [ra, rb, rc, rd] = await Promise.all([a, b, c, d].map((s) => secretary.requestOf(s)));
    if (!ra || !rb || !rc || !rd) throw new Error('four requests');
    await chair.requestOf(c);
    await chair.done({ type: 'floor.accept', request: rc });
    await secretary.done({ type: 'floor.accept', request: ra });
    await chair.done({ type: 'floor.accept', request: rb, position: 1 });
    await chair.sees('the queue', (s) => s.floor.queue.join() === [rb, rd, ra, rc].join());
    await secretary.done({ type: 'floor.move', request: rc, position: 2 });
    expect(await chair.command({ type: 'floor.move', request: rc, position: 9 })).toMatchObject({
      refusal: 'positionOutOfRange',
    });
    await agree(chair, secretary);
    expect(chair.state.floor.queue).toEqual([rb, rc, rd, ra]);

    await chair.done({ type: 'floor.grant', target: { request: rb }, replace: false });
    expect(
      await secretary.command({ type: 'floor.grant', target: { request: rc }, replace: false }),
    ).toEqual({ ok: false, refusal: 'floorFull' });
    expect(await chair.command({ type: 'floor.deny', request: rb })).toMatchObject({
      refusal: 'wrongStatus',
    });
    // Out of turn, by name, in the place of the holder.
    await secretary.done({ type: 'floor.grant', target: { seat: a }, replace: true });
    await pageA.sees('itself on air', (s) => requestOf(s.floor, a)?.status === 'granted');
    await pageB.sees('its floor gone', (s) => requestOf(s.floor, b) === undefined);
    await pageA.done({ type: 'floor.release', request: ra });
    await pageC.done({ type: 'floor.release', request: rc });
    await chair.done({ type: 'floor.deny', request: rd });
    await agree(chair, secretary);
    expect(chair.state.floor).toMatchObject({ queue: [], holders: [], requests: {} });
    await pageC.sees('an empty floor', (s) => s.floor.holders.length + s.floor.queue.length === 0);

    const story = (await deedsOf(running.cluster)).flatMap(({ event: e }) =>
      'beneficiary' in e && [a, b, c, d].includes(e.beneficiary)
        ? [`${e.type.slice('floor.'.length)} ${'abcd'[[a, b, c, d].indexOf(e.beneficiary)]}`]
        : [],
    );
    expect(story).toEqual([
      'requested a',
      'requested b',
      'requested c',
      'accepted d',
      'accepted c',
      'accepted a',
      'accepted b',
      'moved c',
      'granted b',
      'revoked b',
      'granted a',
      'released a',
      'cancelled c',
      'denied d',
    ]);
  });

  test('grants at both servers in the same moment: never more holders than allowed', async () => {
    const seats = running.cluster.seats.slice(10, 18);
    const { chair, secretary } = await office();
    await Promise.all(seats.map((seat, i) => point(seat, i % 2)));
    for (const page of [chair, secretary]) {
      await page.sees('all of them', (s) => seats.every((x) => s.seats[x]?.status === 'connected'));
    }
    const answers = await Promise.all(
      seats.map((seat, i) =>
        (i % 2 ? chair : secretary).command({
          type: 'floor.grant',
          target: { seat },
          replace: false,
        }),
      ),
    );
    expect(answers.filter((x) => x.ok)).toHaveLength(1);
    expect(answers.filter((x) => !x.ok).map((x) => !x.ok && x.refusal)).toEqual(
      Array(seats.length - 1).fill('floorFull'),
    );
    await agree(chair, secretary);
    expect(chair.state.floor.holders).toHaveLength(1);
  });

  test('a lost holder keeps the floor for the grace, then it is revoked', async () => {
    const seat = running.cluster.seats[20] ?? '';
    const { chair, secretary } = await office();
    const speaker = await point(seat, 1);
    await chair.sees('it', (s) => s.seats[seat]?.status === 'connected');
    await chair.done({ type: 'floor.grant', target: { seat }, replace: true });
    speaker.drop();
    const lost = await chair.sees('the loss', (s) => s.seats[seat]?.status === 'lost');
    expect(requestOf(lost.floor, seat)?.status).toBe('granted');
    await secretary.sees('the floor taken', (s) => requestOf(s.floor, seat) === undefined);
    const revoked = secretary.events.findLast((e) => e.event.type === 'floor.revoked');
    expect(revoked).toMatchObject({
      by: { role: 'system' },
      event: { beneficiary: seat, reason: 'graceExpired' },
    });
    const lostAt = secretary.events.findLast((e) => e.event.type === 'seat.lost')?.at ?? 0;
    expect((revoked?.at ?? 0) - lostAt).toBeGreaterThanOrEqual(1_200);
    // It comes back without the floor.
    const back = await point(seat, 0, speaker.page);
    expect(requestOf(back.state.floor, seat)).toBeUndefined();
  });

  test('a holder that is back within the grace keeps the floor, and the late timer does nothing', async () => {
    const [seat = '', later = ''] = running.cluster.seats.slice(21);
    const { chair, secretary } = await office();
    const speaker = await point(seat, 0);
    await chair.sees('it', (s) => s.seats[seat]?.status === 'connected');
    await chair.done({ type: 'floor.grant', target: { seat }, replace: true });
    const granted = await chair.requestOf(seat);
    speaker.drop();
    await chair.sees('the loss', (s) => s.seats[seat]?.status === 'lost');
    const back = await point(seat, 1, speaker.page);
    expect(requestOf(back.state.floor, seat)).toMatchObject({ id: granted, status: 'granted' });

    // A second holder lost after it: once its grace is over, the first one's timer is long past.
    await chair.done({ type: 'floor.setRules', maxFloorUsers: 2 });
    const other = await point(later, 0);
    await secretary.sees('the other', (s) => s.seats[later]?.status === 'connected');
    await secretary.done({ type: 'floor.grant', target: { seat: later }, replace: false });
    await chair.sees('both on air', (s) => s.floor.holders.length === 2);
    other.drop();
    await chair.sees('the other taken off', (s) => requestOf(s.floor, later) === undefined);
    expect(requestOf(chair.state.floor, seat)).toMatchObject({ id: granted, status: 'granted' });
    await chair.done({ type: 'floor.setRules', maxFloorUsers: 1 });
    await agree(chair, secretary);
  });

  test('places in the queue survive reconnections', async () => {
    const seats = running.cluster.seats.slice(30, 33);
    const { chair } = await office();
    const pages = await Promise.all(seats.map((seat, i) => point(seat, i % 2)));
    for (const seat of seats) await chair.done({ type: 'floor.request', beneficiary: seat });
    const queue = chair.state.floor.queue;
    expect(queue).toHaveLength(3);
    pages[0]?.drop();
    pages[1]?.drop();
    await chair.sees('two lost', (s) =>
      seats.slice(0, 2).every((seat) => s.seats[seat]?.status === 'lost'),
    );
    const back = await point(seats[0] ?? '', 1, pages[0]?.page);
    expect(back.state.floor.queue).toEqual(queue);
    // The first who is here is called; the lost one keeps its place.
    expect(
      await chair.command({
        type: 'floor.grant',
        target: { request: queue[1] ?? '' },
        replace: false,
      }),
    ).toEqual({ ok: false, refusal: 'seatNotConnected' });
    await chair.done({ type: 'floor.grant', target: { request: queue[0] ?? '' }, replace: false });
    await back.sees('its turn', (s) => s.floor.holders[0] === queue[0]);
    expect(chair.state.floor.queue).toEqual(queue.slice(1));
  });
});

test('a server that dies: its seats are lost by the other, and may come back there', async () => {
  const { cluster } = running;
  const [stays = '', goes = '', speaks = ''] = cluster.seats.slice(40);
  const secretary = await running.connect({ role: 'secretary', server: 1 });
  await clearFloor(secretary);
  await point(stays, 1);
  const gone = await point(goes, 0);
  const speaker = await point(speaks, 0);
  await secretary.sees('all three', (s) =>
    [stays, goes, speaks].every((seat) => s.seats[seat]?.status === 'connected'),
  );
  await secretary.done({ type: 'floor.grant', target: { seat: speaks }, replace: true });
  await secretary.done({ type: 'floor.request', beneficiary: goes });
  const granted = await secretary.requestOf(speaks);
  const queued = await secretary.requestOf(goes);
  await cluster.server(0).kill();
  await secretary.sees('both lost', (s) =>
    [goes, speaks].every((seat) => s.seats[seat]?.status === 'lost'),
  );
  expect(secretary.state.seats[stays]?.status).toBe('connected');
  const back = await point(speaks, 1, speaker.page);
  expect(requestOf(back.state.floor, speaks)).toMatchObject({ id: granted, status: 'granted' });
  const alsoBack = await point(goes, 1, gone.page);
  expect(alsoBack.state.floor.queue).toEqual([queued]);

  // Started again, it knows everything from the journal.
  await cluster.server(0).start();
  const chair = await running.connect({ role: 'chair', server: 0 });
  expect(requestOf(chair.state.floor, speaks)).toMatchObject({ id: granted, status: 'granted' });
  await chair.done({ type: 'floor.revoke', request: granted });
  await agree(chair, secretary);
});
