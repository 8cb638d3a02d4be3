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

test('a standby leg that has got the active one beside it makes room for one elsewhere', async () => {
  const { cluster } = running;
  let invitations = 0;
  const page = await running.connect({
    role: 'point',
    seat: cluster.seats[0] ?? '',
    prepare: ({ socket }) => socket.on('media.standby', () => invitations++),
  });
  const first = await opened(page, false);
  const second = await opened(page, true);
  expect(second.node).not.toBe(first.node);
  const node = cluster.nodeNamed(first.node);
  node.freeze();
  try {
    // Only silent, and not given up yet: its page is quicker, and there is only the other node.
    expect(await opened(page, false)).toMatchObject({ node: second.node });
  } finally {
    node.thaw();
  }
  const before = invitations;
  await until(() => invitations > before, { what: 'an invitation' });
  expect(await opened(page, true)).toMatchObject({ node: first.node });
});
