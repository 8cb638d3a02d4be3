import { expect, test } from 'vitest';
import { journalState } from '../support/clusterJournal.ts';
import { expectUnharmed, pidsOf, useCluster } from '../support/clusterTest.ts';
import {
  askedUntilPaused,
  commandLoad,
  expectWhole,
  mutes,
  progress,
  strangeRefusals,
} from '../support/commandLoad.ts';
import { until } from '../support/until.ts';

/** Redis dies under command load and comes back: refused meanwhile, nothing accepted is lost. */
const running = useCluster({
  servers: 2,
  appendfsync: 'always',
  config: { limits: { commandsPerSecond: 10_000 } },
});

test('killed and started again', async () => {
  const { cluster } = running;
  const pids = pidsOf(cluster);
  const [a = '', b = '', holder = ''] = cluster.seats;
  const chair = await running.connect({ role: 'chair', server: 0 });
  const secretary = await running.connect({ role: 'secretary', server: 1 });
  const point = await running.connect({ role: 'point', seat: holder, server: 1 });
  await chair.sees('the point', (s) => s.seats[holder]?.status === 'connected');
  await chair.done({ type: 'floor.grant', target: { seat: holder }, replace: false });
  const loads = [commandLoad(chair, mutes(a)), commandLoad(secretary, mutes(b))];
  await progress(loads, 50);

  await cluster.redis.kill();
  const { rest: chairs } = await askedUntilPaused(chair, a);
  const { rest: secretarys } = await askedUntilPaused(secretary, b);
  // The lines to the pages stay up, and a page that asks is told the same as before.
  const snapshot = await point.ask('snapshot', {});
  expect(snapshot).toMatchObject({ ok: true });
  expect(point.putOuts).toEqual([]);
  await cluster.redis.restart();
  await progress(loads, 50);
  for (const load of loads) await load.stop();
  await Promise.all([chairs, secretarys]);

  expect(strangeRefusals(loads)).toEqual([]);
  await expectWhole(cluster, { loads, pages: [chair, secretary] });

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
