import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningNode } from '../../sfu/createNode.ts';
import { InjectedStream } from '../support/sfuMedia.ts';
import { from, plan, space, startNode, TestLink } from '../support/sfuNodes.ts';
import { Receiver } from '../support/sfuStorm.ts';
import { until } from '../support/until.ts';

let node: RunningNode;
let link: TestLink;
let incarnation: string;

beforeEach(async () => {
  node = await startNode('n1', { orphanGraceMs: 100, heartbeat: { every: 50, deadline: 300 } });
  link = await TestLink.create(node.controlUrl);
  incarnation = await link.open('chair');
});

afterEach(async () => {
  link.close();
  await node.close();
});

const closeChair = () => link.ask('closeEndpoint', { space, endpoint: 'chair', incarnation });

describe('a node that is asked to drain', () => {
  it('says so at once, takes nobody new, and goes when the last has been moved away', async () => {
    expect(await link.ask('drain', {})).toEqual({ ok: true });
    expect(link.told.load.at(-1)).toMatchObject({ draining: true, endpoints: 1 });
    expect(await link.ask('drain', {})).toEqual({ ok: true });
    const late = { space, endpoint: 'late', token: 9, standby: false };
    expect(await link.ask('openEndpoint', late)).toMatchObject({ fault: 'draining' });
    expect(await closeChair()).toEqual({ ok: true });
    expect(await node.drained).toBe('empty');
    await until(() => !link.socket.connected, { what: 'the link to end' });
  });

  it('goes on with what is there: plans, publishing, readiness, what is held', async () => {
    const site = await Receiver.create({ node, link }, 'site');
    await link.ask('drain', {});
    const stream = await InjectedStream.create(node, 'chair', 'camera');
    expect(await link.publish('chair', incarnation, 'microphone')).toMatchObject({ ok: true });
    for (const hold of [true, false]) {
      const receive = [from('chair', 'camera', 'n1', { hold })];
      const refused = await link.apply(
        plan('chair', 3, { open: ['camera'] }),
        plan('site', 3, { receive }),
      );
      expect(refused).toEqual({ ok: true, refused: [] });
      await until(() => link.consumersOf('site').length === 1, { what: 'the consumer' });
      await link.ready('site', site.incarnation);
    }
    await until(
      () => {
        stream.send(true);
        return site.packets > 0;
      },
      { what: 'a picture' },
    );
    const other = await TestLink.create(node.controlUrl);
    expect(other.told.report[0]).toMatchObject({ draining: true, load: { endpoints: 2 } });
    other.close();
  });

  it('is still pulled from by other nodes', async () => {
    const n2 = await startNode('n2');
    const far = await TestLink.create(n2.controlUrl);
    await far.ask('peers', { nodes: [{ node: 'n1', controlUrl: node.controlUrl }] });
    await far.open('site');
    await InjectedStream.create(node, 'chair', 'camera');
    await link.ask('drain', {});
    await far.apply(plan('site', 2, { receive: [from('chair', 'camera', 'n1')] }));
    await until(() => far.consumersOf('site').length === 1, { what: 'the consumer' });
    await closeChair();
    await node.drained;
    await until(() => far.consumersOf('site').length === 0, { what: 'the consumer to go' });
    far.close();
    await n2.close();
  });

  it('whose worker dies has nothing left, says what was lost, and goes', async () => {
    await link.ask('drain', {});
    process.kill(node.media.workerPid ?? 0, 'SIGKILL');
    const told = await until(() => link.told.endpointsClosed[0], { what: 'the loss' });
    expect(told).toMatchObject({ reason: 'workerDied', endpoints: [{ endpoint: 'chair' }] });
    expect(await node.drained).toBe('empty');
  });

  it('goes at once when there is no server to move anybody', async () => {
    link.close();
    await until(() => !node.media.linked, { what: 'the link to end' });
    node.drain('a test');
    expect(await node.drained).toBe('no server is linked');
  });
});

describe('the highest token of a space', () => {
  it('is kept and told when the space is no more, and when it is there again', async () => {
    await link.apply(plan('chair', 41));
    await closeChair();
    const tokens = async () => {
      const other = await TestLink.create(node.controlUrl);
      other.close();
      return other.told.report[0]?.spaces.map(({ token, endpoints }) => [token, endpoints.length]);
    };
    expect(await tokens()).toEqual([[41, 0]]);
    // A journal that went back is not locked out: it is told.
    await link.open('chair', 7);
    expect(await link.apply(plan('chair', 8))).toEqual({ ok: true, refused: [] });
    expect(await tokens()).toEqual([[41, 1]]);
  });
});
