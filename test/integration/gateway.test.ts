import { expect, test } from 'vitest';
import { fold, viewOf } from '../../client/link/fold.ts';
import { holds } from '../../server/domain/floor.ts';
import { visibleTo } from '../../server/gateway/audience.ts';
import type { NumberedEvent } from '../../server/protocol/wire.ts';
import type { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf, journalState } from '../support/clusterJournal.ts';
import { expectUnharmed, pidsOf, useCluster } from '../support/clusterTest.ts';
import { until } from '../support/until.ts';

/** One server as its pages see it: who is shown what, in which order, and how much they may ask. */
const running = useCluster();

/** Ends what a test left on the floor, so that each test begins with an empty one. */
async function clearFloor(chair: ClusterClient): Promise<void> {
  for (const r of Object.values(chair.state.floor.requests)) {
    const type = r.status === 'granted' ? 'floor.revoke' : 'floor.deny';
    await chair.done({ type, request: r.id });
  }
}

const office = async () => {
  const chair = await running.connect({ role: 'chair' });
  await clearFloor(chair);
  return chair;
};

/** A point that has been sent everything that was published up to the chair's version. */
async function caughtUp(chair: ClusterClient, points: readonly ClusterClient[]): Promise<void> {
  const mode = chair.state.floor.rules.maxFloorUsers === 2 ? 1 : 2;
  const version = await chair.done({ type: 'floor.setRules', maxFloorUsers: mode });
  for (const page of [chair, ...points]) {
    await until(() => page.seen >= version, { what: 'the last published event' });
  }
}

test('a point is never sent what is not its business', async () => {
  const { cluster } = running;
  const [a = '', b = '', c = ''] = cluster.seats;
  const chair = await office();
  const first = await running.connect({ role: 'point', seat: a });
  const second = await running.connect({ role: 'point', seat: b });
  await first.done({ type: 'floor.request', beneficiary: a });
  await second.done({ type: 'floor.request', beneficiary: b });
  await chair.done({ type: 'seat.mute', seat: b });
  const third = await running.connect({ role: 'point', seat: c });
  third.close();
  await chair.sees('the third lost', (s) => s.seats[c]?.status === 'lost');
  await chair.done({ type: 'floor.deny', request: await chair.requestOf(b) });
  await chair.done({ type: 'floor.accept', request: await chair.requestOf(a) });
  await chair.done({ type: 'seat.unmute', seat: b });
  await caughtUp(chair, [first, second]);

  const published = new Set<string>([
    'seat.joined',
    'seat.lost',
    'floor.accepted',
    'floor.rulesChanged',
  ]);
  for (const [page, own] of [
    [first, a],
    [second, b],
  ] as const) {
    for (const { event } of page.events) {
      const about = 'seat' in event ? event.seat : 'beneficiary' in event ? event.beneficiary : own;
      expect(published.has(event.type) || about === own, JSON.stringify(event)).toBe(true);
      // Who is here, everybody may know; which socket it is, nobody.
      if ('connection' in event) expect(event.connection).toBe('');
    }
    // What it made of it all is exactly what it may see of the truth.
    const truth = visibleTo(await journalState(cluster), { role: 'point', seat: own });
    expect({ ...page.state, version: 0 }).toEqual({ ...truth, version: 0 });
  }
  // And its own it was sent: the request, the mute and the denial.
  expect(second.events.map((e) => e.event.type)).toEqual(
    expect.arrayContaining(['floor.requested', 'seat.muted', 'floor.denied', 'seat.unmuted']),
  );
  // The snapshot hides the same.
  const fresh = await running.connect({ role: 'point', seat: c });
  const seats = Object.values(fresh.state.seats);
  expect(seats.filter((s) => s.connection)).toEqual([]);
  expect(seats.filter((s) => s.id !== c && s.muted)).toEqual([]);
  expect(fresh.state.directives).toEqual([]);
  expect(Object.values(fresh.state.floor.requests).map((r) => r.status)).not.toContain('pending');
});

test('events are numbered without a gap on each channel; a missed one is noticed', async () => {
  const { cluster } = running;
  const [a = '', b = ''] = cluster.seats;
  const chair = await office();
  const point = await running.connect({ role: 'point', seat: a });
  const other = await running.connect({ role: 'point', seat: b });
  const start = { chair: viewOf(chair.state), point: viewOf(point.state) };
  const from = { chair: chair.events.length, point: point.events.length };
  await other.done({ type: 'floor.request', beneficiary: b });
  await point.done({ type: 'floor.request', beneficiary: a });
  for (const seat of [a, b]) {
    await chair.done({ type: 'seat.mute', seat });
    await chair.done({ type: 'floor.grant', target: { seat }, replace: true });
    await chair.done({ type: 'seat.unmute', seat });
  }
  await caughtUp(chair, [point]);
  expect(chair.gaps + point.gaps).toBe(0);

  for (const page of ['chair', 'point'] as const) {
    const sent = (page === 'chair' ? chair : point).events.slice(from[page]);
    for (const channel of ['all', 'own'] as const) {
      const numbered = sent.filter((e) => e.channel === channel);
      numbered.slice(1).forEach((e, i) => {
        expect(e.after, `${page} ${channel}`).toBe(numbered[i]?.version);
      });
    }
    // Whichever published event is lost on the way, the next on its channel shows it.
    const published = sent.filter((e) => e.channel === 'all');
    for (const lost of published.slice(0, -1)) {
      const rest: NumberedEvent[] = sent.filter((e) => e !== lost);
      expect(fold(start[page], rest), `${page} without ${lost.version}`).toEqual({ ok: false });
    }
  }
  // The full state that is asked for then is the one that was folded.
  const snapshot = await point.ask('snapshot', {});
  if (!snapshot.ok) throw new Error(snapshot.refusal);
  expect({ ...snapshot.state, version: 0 }).toEqual({ ...point.state, version: 0 });
  expect(snapshot.state.version).toBeGreaterThanOrEqual(point.state.version);
});

test('the same command sent twice is done once', async () => {
  const chair = await office();
  const [a = ''] = running.cluster.seats;
  await running.connect({ role: 'point', seat: a });
  const command = { type: 'floor.request', beneficiary: a } as const;
  const id = 'one-press-of-a-button';
  const answers = await Promise.all([chair.command(command, id), chair.command(command, id)]);
  expect(answers[0]).toEqual(answers[1]);
  expect(await chair.command(command, id)).toEqual(answers[0]);
  const deeds = await deedsOf(running.cluster);
  expect(deeds.filter((d) => d.command === id)).toHaveLength(1);
});

test('first come, first served: the floor moves on by itself', async () => {
  const chair = await office();
  const seats = running.cluster.seats.slice(0, 3);
  const pages: ClusterClient[] = [];
  for (const seat of seats) pages.push(await running.connect({ role: 'point', seat }));
  await chair.command({ type: 'floor.setRules', mode: 'firstComeFirstServed', maxFloorUsers: 1 });
  for (const [i, page] of pages.entries()) {
    await page.done({ type: 'floor.request', beneficiary: seats[i] ?? '' });
  }
  for (const [i, page] of pages.entries()) {
    const seat = seats[i] ?? '';
    await chair.sees(`${seat} speak`, ({ floor }) => holds(floor, seat));
    expect(chair.state.floor.holders).toHaveLength(1);
    await page.done({ type: 'floor.release', request: await chair.requestOf(seat) });
  }
  await chair.sees('an empty floor', (s) => s.floor.holders.length === 0);
  await chair.done({ type: 'floor.setRules', mode: 'moderated' });
});

test('a thousand commands a second: refused by name, then put out; the journal as it was', async () => {
  const { cluster } = running;
  const pids = pidsOf(cluster);
  const chair = await office();
  const [a = ''] = cluster.seats;
  const before = await deedsOf(cluster);
  const point = await running.connect({ role: 'point', seat: a });
  const answers: string[] = [];
  for (let i = 0; i < 1_000; i++) {
    point.command({ type: 'floor.release', request: 'r999999' }).then(
      (answer) => answers.push(answer.ok ? 'ok' : answer.refusal),
      () => answers.push('closed'),
    );
  }
  await point.closed();
  await until(() => answers.length === 1_000, { what: 'an end to every command' });
  // The first few may have been answered in their own right before the line was cut.
  expect(answers).toContain('tooManyCommands');
  const others = new Set(answers).difference(
    new Set(['tooManyCommands', 'unknownRequest', 'closed']),
  );
  expect([...others]).toEqual([]);
  expect(point.putOuts).toEqual(['tooManyCommands']);
  // Everybody else goes on as before, and the same page may come back and behave.
  const again = await running.connect({ role: 'point', seat: a, page: point.page });
  expect(await again.ask('snapshot', {})).toMatchObject({ ok: true });
  expect(await chair.ask('snapshot', {})).toMatchObject({ ok: true });
  expect(await deedsOf(cluster)).toEqual(before);
  await expectUnharmed(cluster, pids);
});
