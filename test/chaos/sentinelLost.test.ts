import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { journalOf } from '../support/clusterJournal.ts';
import { useCluster } from '../support/clusterTest.ts';
import { commandLoad, mutes, progress } from '../support/commandLoad.ts';
import { faultsOf } from '../support/journals.ts';
import { until } from '../support/until.ts';

/** An installation that waits for no replica loses accepted events, and says so. */
const running = useCluster({
  servers: 2,
  nodes: 1,
  sentinels: { minReplicas: 0 },
  config: { limits: { commandsPerSecond: 10_000 }, redis: { replicas: 0 } },
});
const root = join(import.meta.dirname, '..', '..');

/** The operator's command, as `npm run journal` runs it. */
async function journalCommand(...args: string[]): Promise<string> {
  const { redis } = running.cluster;
  const child = spawn(process.execPath, [join(root, 'scripts', 'journal.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...redis.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(child.exitCode).toBe(0);
  return output;
}

test('a replica is promoted without the data: nobody goes on until people accept the loss', async () => {
  const { cluster } = running;
  const { sentinels, briefing } = cluster;
  const [a = '', b = ''] = cluster.seats;
  const chair = await running.connect({ role: 'chair', server: 0 });
  const secretary = await running.connect({ role: 'secretary', server: 1 });
  const loads = [commandLoad(chair, mutes(a)), commandLoad(secretary, mutes(b))];
  await progress(loads, 30);
  const replicas = sentinels.replicas;
  for (const replica of replicas) await replica.end('SIGKILL');
  await progress(loads, 30);
  for (const load of loads) await load.stop();
  const highest = Math.max(...(await journalOf(cluster)).map((r) => r.version));
  for (const page of [chair, secretary]) {
    await until(() => page.seen === highest, { what: 'both servers to have seen all' });
  }

  await sentinels.kill();
  for (const replica of replicas) await replica.start();
  await sentinels.promoted();
  for (const index of [0, 1]) {
    await until(() => cluster.server(index).output.includes('the journal has gone back'), {
      what: `server ${index} to say it`,
      seen: () => cluster.server(index).output.slice(-2_000),
    });
  }
  const left = await journalOf(cluster);
  expect(left.length).toBeLessThan(highest);
  for (const page of [chair, secretary]) {
    expect(await page.command({ type: 'seat.mute', seat: a })).toEqual({
      ok: false,
      refusal: 'controlPaused',
    });
  }
  // A server that starts now has seen nothing, and is told.
  await cluster.server(1).kill();
  await cluster.server(1).start();
  const late = await running.connect({ role: 'wall', server: 1 });
  expect(late.state.version).toBe(left.length);
  expect(await journalOf(cluster)).toEqual(left);

  expect(await journalCommand('show')).toContain(`${briefing}: halted`);
  await journalCommand('accept', briefing);
  for (const index of [0, 1]) {
    await until(() => cluster.server(index).pid === undefined, { what: `server ${index} to end` });
    await cluster.server(index).start();
  }
  const again = await running.connect({ role: 'chair', server: 0 });
  const other = await running.connect({ role: 'secretary', server: 1 });
  const version = await again.done({ type: 'seat.mute', seat: cluster.seats[5] ?? '' });
  expect(version).toBeGreaterThan(highest);
  await other.sees('it', (s) => s.version >= version);
  const recorded = await journalOf(cluster);
  expect(faultsOf(recorded)).toEqual([]);
  expect(recorded.slice(0, left.length)).toEqual(left);
  // What was lost is named, version by version.
  const resumed = recorded.filter((r) => r.event.type === 'journal.resumed');
  expect(resumed[0]?.event).toEqual({
    type: 'journal.resumed',
    from: left.length + 1,
    to: highest,
  });
  expect(resumed.at(-1)?.version).toBe(highest + 1);
});
