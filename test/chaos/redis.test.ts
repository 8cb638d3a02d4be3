import { expect, test } from 'vitest';
import type { ClusterClient } from '../support/clusterClient.ts';
import { deedsOf, journalOf, journalState } from '../support/clusterJournal.ts';
import { expectUnharmed, pidsOf, useCluster } from '../support/clusterTest.ts';
import { until } from '../support/until.ts';

/** Redis dies under command load and comes back: refused meanwhile, nothing accepted is lost. */
const running = useCluster({
  servers: 2,
  appendfsync: 'always',
  config: { limits: { commandsPerSecond: 10_000 } },
});

interface Load {
  /** Ids of the commands that were accepted. */
  readonly accepted: Set<string>;
  readonly refusals: Set<string>;
  stop(): Promise<void>;
}

/** Mutes and unmutes a seat without end, and remembers what was answered. */
function commands(page: ClusterClient, seat: string): Load {
  const load = { accepted: new Set<string>(), refusals: new Set<string>() };
  let stopped = false;
  const run = (async () => {
    for (let i = 0; !stopped; i++) {
      const id = `${page.page.slice(0, 8)}-${i}`;
      const type = i % 2 === 0 ? 'seat.mute' : 'seat.unmute';
      const answer = await page.command({ type, seat }, id);
      if (answer.ok) load.accepted.add(id);
      else load.refusals.add(answer.refusal);
    }
  })();
  return {
    ...load,
    stop: async () => {
      stopped = true;
      await run;
    },
  };
}

test('killed and started again', async () => {
  const { cluster } = running;
  const pids = pidsOf(cluster);
  const [a = '', b = '', holder = ''] = cluster.seats;
  const chair = await running.connect({ role: 'chair', server: 0 });
  const secretary = await running.connect({ role: 'secretary', server: 1 });
  const point = await running.connect({ role: 'point', seat: holder, server: 1 });
  await chair.sees('the point', (s) => s.seats[holder]?.status === 'connected');
  await chair.done({ type: 'floor.grant', target: { seat: holder }, replace: false });
  const loads = [commands(chair, a), commands(secretary, b)];
  const progress = (count: number) =>
    until(() => loads.every((l) => l.accepted.size >= count), {
      what: `${count} accepted commands at both servers`,
      seen: () => loads.map((l) => [l.accepted.size, [...l.refusals]]),
    });
  await progress(50);

  await cluster.redis.kill();
  const underWay: Promise<void>[] = [];
  // What was under way waits for the journal's own word; whatever is asked now is refused by name.
  for (const [page, seat] of [
    [chair, a],
    [secretary, b],
  ] as const) {
    const refusals = new Set<string>();
    const ask = async () => {
      const answer = await page.command({ type: 'seat.mute', seat });
      if (!answer.ok) refusals.add(answer.refusal);
    };
    const asked: Promise<void>[] = [];
    await until(
      () => {
        asked.push(ask());
        return refusals.has('controlPaused');
      },
      { what: 'control to be paused', seen: () => [...refusals] },
    );
    underWay.push(...asked);
  }
  const during = loads.map((l) => l.accepted.size);
  // The lines to the pages stay up, and a page that asks is told the same as before.
  const snapshot = await point.ask('snapshot', {});
  expect(snapshot).toMatchObject({ ok: true });
  expect(point.putOuts).toEqual([]);
  await cluster.redis.restart();
  await until(() => loads.every((l, i) => l.accepted.size > (during[i] ?? 0) + 50), {
    what: 'commands to be accepted again at both servers',
    seen: () => loads.map((l) => [l.accepted.size, [...l.refusals]]),
  });
  for (const load of loads) await load.stop();
  await Promise.all(underWay);

  // A retry is answered as the first time would have been, so refusals here are of three kinds only.
  const kinds = new Set(loads.flatMap((l) => [...l.refusals]));
  kinds.delete('controlPaused');
  kinds.delete('alreadyMuted');
  kinds.delete('notMuted');
  expect([...kinds]).toEqual([]);

  const deeds = await deedsOf(cluster);
  const done = deeds.map((d) => d.command);
  for (const load of loads) {
    expect([...load.accepted].filter((id) => !done.includes(id))).toEqual([]);
  }
  expect(new Set(done).size).toBe(done.length);
  const versions = (await journalOf(cluster)).map((e) => e.version);
  expect(versions).toEqual(versions.map((_, i) => i + 1));

  // Nobody lost a seat or the floor over it, and both servers know the same.
  const truth = await journalState(cluster);
  for (const page of [chair, secretary]) {
    await until(() => page.seen >= truth.version, { what: 'the end of the journal' });
    expect(page.state).toEqual(truth);
  }
  expect(truth.seats[holder]?.status).toBe('connected');
  expect(truth.floor.holders).toHaveLength(1);
  await expectUnharmed(cluster, pids);
});
