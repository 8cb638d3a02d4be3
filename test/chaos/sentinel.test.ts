import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { journalState } from '../support/clusterJournal.ts';
import { expectUnharmed, pidsOf, useCluster } from '../support/clusterTest.ts';
import {
  askedUntilPaused,
  commandLoad,
  expectWhole,
  grants,
  mutes,
  progress,
  strangeRefusals,
} from '../support/commandLoad.ts';
import { until } from '../support/until.ts';

/** The primary of three Redis is lost under command load, and another takes its place. */
const running = useCluster({
  servers: 2,
  nodes: 1,
  sentinels: {},
  config: { limits: { commandsPerSecond: 10_000 } },
});

/** Commands at both servers, the floor going to and fro among them. */
async function begin() {
  const { cluster } = running;
  const [a = '', b = '', one = '', other = ''] = cluster.seats;
  const chair = await running.connect({ role: 'chair', server: 0 });
  const secretary = await running.connect({ role: 'secretary', server: 1 });
  const office = [chair, secretary];
  for (const seat of [one, other]) await running.connect({ role: 'point', seat, server: 1 });
  await chair.sees('both points', ({ seats }) =>
    [one, other].every((seat) => seats[seat]?.status === 'connected'),
  );
  const loads = [
    commandLoad(chair, mutes(a)),
    commandLoad(secretary, mutes(b)),
    commandLoad(await running.connect({ role: 'secretary', server: 0 }), grants([one, other])),
  ];
  await progress(loads, 30);
  return { office, loads, pids: pidsOf(cluster) };
}

type Begun = Awaited<ReturnType<typeof begin>>;

/** Both servers go on with the same truth, in which nothing is missing. */
async function expectUnbroken({ office, loads, pids }: Begun): Promise<void> {
  const { cluster } = running;
  for (const load of loads) await load.stop();
  expect(strangeRefusals(loads)).toEqual([]);
  const recorded = await expectWhole(cluster, { loads, pages: office });
  const grantVersions = recorded.filter((r) => r.event.type === 'floor.granted');
  expect(grantVersions.length).toBeGreaterThan(60);
  const truth = await journalState(cluster);
  for (const page of office) {
    await until(() => page.seen >= truth.version, { what: 'the end of the journal' });
    expect(page.state).toEqual(truth);
  }
  await expectUnharmed(cluster, pids);
  for (const index of [0, 1]) expect(cluster.server(index).output).not.toContain('gone back');
}

test('killed: the promoted one has all that was accepted, and whatever anybody was told', async () => {
  const begun = await begin();
  const { sentinels } = running.cluster;
  const old = sentinels.primary;
  await sentinels.kill();
  const asked = await Promise.all(
    begun.office.map((page) => askedUntilPaused(page, running.cluster.chairSeat)),
  );
  await sentinels.promoted();
  await progress(begun.loads, 60);
  await Promise.all(asked.map(({ rest }) => rest));
  await sentinels.restart();
  await sentinels.follows(old);
  await progress(begun.loads, 10);
  await expectUnbroken(begun);
});

test('frozen: it comes back believing that it is the primary, and nobody listens to it', async () => {
  const begun = await begin();
  const { sentinels } = running.cluster;
  const old = sentinels.primary;
  sentinels.pause();
  await sentinels.promoted();
  await progress(begun.loads, 60);
  sentinels.resume();
  const stale = createClient({ socket: { port: old.port } });
  stale.on('error', () => {});
  running.keep({ close: () => stale.destroy() });
  await stale.connect();
  const named = (await stale.clientList()).map(({ name }) => String(name));
  expect(named.filter((name) => name.startsWith('diemcau-'))).toEqual([]);
  // Nobody can write there either: without replicas it takes nothing, as a replica nothing.
  await expect(stale.set('stale', 'write')).rejects.toThrow(/NOREPLICAS|READONLY/);
  await sentinels.follows(old);
  await progress(begun.loads, 10);
  await expectUnbroken(begun);
});
