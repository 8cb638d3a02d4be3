import { expect, test } from 'vitest';
import type { ClusterClient } from '../support/clusterClient.ts';
import { useCluster } from '../support/clusterTest.ts';
import { until } from '../support/until.ts';

/** Pages without a browser at a real server and two real media nodes, which come and go. */
const running = useCluster({ nodes: 2 });

/** Asks until the server has a node to offer. */
async function opened(page: ClusterClient, standby: boolean) {
  return until(
    async () => {
      const answer = await page.ask('media.open', { standby });
      return answer.ok ? answer : undefined;
    },
    { what: `a leg (standby: ${standby})` },
  );
}

/** The page of a seat of its own, and how often it was invited to have a standby leg. */
async function invited(place: number) {
  const told = { invitations: 0 };
  const page = await running.connect({
    role: 'point',
    seat: running.cluster.seats[place] ?? '',
    prepare: ({ socket }) => socket.on('media.standby', () => told.invitations++),
  });
  return {
    page,
    again: () => {
      const before = told.invitations;
      return until(() => told.invitations > before, { what: 'an invitation' });
    },
  };
}

test('a standby leg that has got the active one beside it makes room for one elsewhere', async () => {
  const { page, again } = await invited(0);
  const first = await opened(page, false);
  const second = await opened(page, true);
  expect(second.node).not.toBe(first.node);
  const node = running.cluster.nodeNamed(first.node);
  node.freeze();
  try {
    // Only silent, and not given up yet: its page is quicker, and there is only the other node.
    expect(await opened(page, false)).toMatchObject({ node: second.node });
  } finally {
    node.thaw();
  }
  await again();
  expect(await opened(page, true)).toMatchObject({ node: first.node });
});

test('a page whose standby leg has died, and that asks for another in vain, is invited', async () => {
  const { page, again } = await invited(1);
  await opened(page, false);
  const standby = await opened(page, true);
  const node = running.cluster.nodeNamed(standby.node);
  node.freeze();
  try {
    // Answered when the node's silence has been noticed; not given up yet, it can have no legs.
    await page.ask('media.restartIce', { leg: standby.leg, direction: 'send' });
    expect(await page.ask('media.open', { standby: true })).toMatchObject({ ok: false });
  } finally {
    node.thaw();
  }
  await again();
  expect(await opened(page, true)).toMatchObject({ node: standby.node });
});
