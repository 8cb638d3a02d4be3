import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningNode } from '../../sfu/createNode.ts';
import type { Source } from '../../sfu/protocol/media.ts';
import { from, plan, space, startNode, TestLink } from '../support/sfuNodes.ts';
import { until } from '../support/until.ts';

let node: RunningNode;
let link: TestLink;

const orphanGraceMs = 200;

beforeEach(async () => {
  node = await startNode('n1', { orphanGraceMs, heartbeat: { every: 50, deadline: 300 } });
  link = await TestLink.create(node.controlUrl);
});

afterEach(async () => {
  link.close();
  await node.close();
});

const endpoints = () => node.media.report().spaces.flatMap((s) => s.endpoints);
const near = (endpoint: string, source: Source = 'camera') => from(endpoint, source, 'n1');

describe('consumers', () => {
  it('are made for what is there, told in one message for one order, and removed again', async () => {
    const speaker = await link.open('speaker');
    await link.publish('speaker', speaker, 'camera');
    await link.publish('speaker', speaker, 'microphone');
    const ids = ['p1', 'p2', 'p3'];
    for (const id of ids) await link.open(id);
    const receive = [near('speaker'), near('speaker', 'microphone')];
    await link.apply(...ids.map((id) => plan(id, 2, { receive })));
    await until(() => ids.every((id) => link.consumersOf(id).length === 2), { what: 'six' });
    expect(node.media.load()).toMatchObject({ endpoints: 4, consumers: 6 });
    link.told.consumers.length = 0;
    await link.apply(...ids.map((id) => plan(id, 3)));
    await until(() => link.told.consumers.length > 0, { what: 'the removal' });
    expect(link.told.consumers).toHaveLength(1);
    expect(link.told.consumers[0]?.endpoints.map((e) => e.removed.length)).toEqual([2, 2, 2]);
    expect(node.media.load().consumers).toBe(0);
  });

  it('stay as they are under a plan that wants the same', async () => {
    const speaker = await link.open('speaker');
    await link.publish('speaker', speaker, 'camera');
    await link.open('p1');
    const receive = [near('speaker')];
    await link.apply(plan('p1', 2, { receive }));
    const [consumer] = await until(
      () => link.consumersOf('p1').length === 1 && link.consumersOf('p1'),
      { what: 'a consumer' },
    );
    await link.apply(plan('p1', 3, { receive: [{ ...near('speaker'), layer: 'low' }] }));
    await until(() => link.demandOf('speaker', 'camera') === 'low', { what: 'the lower demand' });
    expect(link.consumersOf('p1')).toEqual([consumer]);
  });

  it('never give an endpoint what its newest plan does not want', async () => {
    const speaker = await link.open('speaker');
    await link.publish('speaker', speaker, 'camera');
    await link.open('p1');
    await Promise.all([
      link.apply(plan('p1', 2, { receive: [near('speaker')] })),
      link.apply(plan('p1', 3)),
    ]);
    const refused = await link.apply(plan('p1', 2, { receive: [near('speaker')] }));
    expect(refused).toMatchObject({ refused: [{ endpoint: 'p1', fault: 'staleToken' }] });
    // The next consumer proves that whatever was to be said of the former has been said.
    await link.open('p2');
    await link.apply(plan('p2', 3, { receive: [near('speaker')] }));
    await until(() => link.consumersOf('p2').length === 1, { what: 'the other consumer' });
    expect(link.consumersOf('p1')).toEqual([]);
    expect(node.media.load().consumers).toBe(1);
  });
});

describe('demand', () => {
  it('follows the plans, and an open microphone', async () => {
    const speaker = await link.open('speaker');
    await link.publish('speaker', speaker, 'camera');
    await link.publish('speaker', speaker, 'microphone');
    await until(() => link.demandOf('speaker', 'microphone') === 'off', { what: 'no demand' });
    expect(link.demandOf('speaker', 'camera')).toBe('off');
    await link.apply(plan('speaker', 2, { open: ['microphone'] }));
    await until(() => link.demandOf('speaker', 'microphone') === 'high', { what: 'sound wanted' });
    await link.open('p1');
    await link.apply(plan('p1', 2, { receive: [{ ...near('speaker'), layer: 'medium' }] }));
    await until(() => link.demandOf('speaker', 'camera') === 'medium', { what: 'picture wanted' });
    expect(link.demandOf('speaker', 'camera')).toBe('medium');
  });
});

describe('a re-join', () => {
  it('is a new start: the former self is gone and is not obeyed', async () => {
    const first = await link.open('p1', 1);
    await link.publish('p1', first, 'camera');
    const second = await link.open('p1', 2);
    expect(second).not.toBe(first);
    expect(await link.publish('p1', first, 'microphone')).toMatchObject({
      fault: 'staleIncarnation',
    });
    expect(endpoints()).toMatchObject([{ incarnation: second, published: [] }]);
    const last = await until(() => link.told.streams.at(-1), { what: 'the news of the stream' });
    expect(last.removed).toEqual([{ endpoint: 'p1', source: 'camera' }]);
    expect(link.told.endpointsClosed).toEqual([]);
  });

  it('by two servers at once leaves one endpoint, the newer order’s', async () => {
    const other = await TestLink.create(node.controlUrl);
    const [one, two] = await Promise.all([
      link.ask('openEndpoint', { space, endpoint: 'p1', token: 7, standby: false }),
      other.ask('openEndpoint', { space, endpoint: 'p1', token: 6, standby: false }),
    ]);
    const winner = one.ok ? one.incarnation : '';
    expect(endpoints().map((e) => e.token)).toEqual([7]);
    expect(endpoints()[0]?.incarnation).toBe(winner);
    expect(two.ok === false ? two.fault : 'replaced').toMatch(/staleToken|replaced/);
    other.close();
  });
});

describe('a server that goes', () => {
  it('leaves orphans, which are closed after the grace time, as everybody is told', async () => {
    const other = await TestLink.create(node.controlUrl);
    await other.open('p1');
    other.close();
    const told = await until(() => link.told.endpointsClosed[0], { what: 'the end of the orphan' });
    expect(told).toMatchObject({ space, reason: 'orphaned', endpoints: [{ endpoint: 'p1' }] });
    expect(endpoints()).toEqual([]);
  });

  it('may be followed by another, who adopts what it left', async () => {
    const other = await TestLink.create(node.controlUrl);
    const incarnation = await other.open('adopted');
    await other.publish('adopted', incarnation, 'camera');
    await other.open('orphan');
    other.close();
    expect(await link.apply({ ...plan('adopted', 3), incarnation })).toMatchObject({ refused: [] });
    await until(() => link.told.endpointsClosed.length > 0, { what: 'the end of the orphan' });
    expect(endpoints()).toMatchObject([{ endpoint: 'adopted', published: ['camera'], token: 3 }]);
    await until(() => link.demandOf('adopted', 'camera') === 'off', { what: 'the demand told' });
  });

  it('finds all of it in the report of a new link', async () => {
    const incarnation = await link.open('p1', 4);
    await link.publish('p1', incarnation, 'microphone');
    await link.apply(plan('p1', 5, { open: ['microphone'] }));
    const other = await TestLink.create(node.controlUrl);
    expect(other.told.report[0]).toMatchObject({
      node: 'n1',
      region: 'north',
      draining: false,
      controlUrl: node.controlUrl,
      spaces: [
        {
          space,
          token: 5,
          endpoints: [
            {
              endpoint: 'p1',
              incarnation,
              token: 5,
              standby: false,
              published: ['microphone'],
              open: ['microphone'],
            },
          ],
        },
      ],
    });
    other.close();
  });
});

describe('the worker', () => {
  const outage = async (signal: 'SIGKILL' | 'SIGSTOP') => {
    await link.open('p1');
    await link.open('p2');
    const before = node.media.workerPid ?? 0;
    process.kill(before, signal);
    const told = await until(() => link.told.endpointsClosed[0], { what: 'the loss' });
    expect(told).toMatchObject({ space, reason: 'workerDied' });
    expect(told.endpoints.map((e) => e.endpoint).sort()).toEqual(['p1', 'p2']);
    const report = await until(() => link.told.report[1], { what: 'a fresh report' });
    expect(report.spaces).toEqual([{ space, token: 1, endpoints: [] }]);
    expect(node.media.workerPid).not.toBe(before);
    expect(() => process.kill(before, 0)).toThrow();
    await link.open('p1');
  };

  it('killed, is replaced, and the owners are told', () => outage('SIGKILL'));
  it('frozen, is killed and replaced', () => outage('SIGSTOP'));

  it('tells its load every second', async () => {
    await link.open('p1');
    await until(() => link.told.load.some((load) => load.endpoints === 1), { what: 'a load' });
    for (const { cpu } of link.told.load) {
      expect(cpu).toBeGreaterThanOrEqual(0);
      expect(cpu).toBeLessThanOrEqual(1);
    }
  });
});

it('says that it drains, takes nothing new and lets go, when it is closed', async () => {
  await link.open('p1');
  const pid = node.media.workerPid ?? 0;
  await node.close();
  await until(() => link.told.load.some((load) => load.draining), { what: 'the word of it' });
  await until(() => !link.socket.connected, { what: 'the link to end' });
  await until(() => isGone(pid), { what: 'the worker to end' });
  expect(node.media.ready).toBe(false);
});

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
