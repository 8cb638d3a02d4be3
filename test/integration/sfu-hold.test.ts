import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningNode } from '../../sfu/createNode.ts';
import type { Source } from '../../sfu/protocol/media.ts';
import { InjectedStream, pipedProducers, tap, watchMedia } from '../support/sfuMedia.ts';
import { from, plan, startTwoNodes, type TestLink } from '../support/sfuNodes.ts';
import { Receiver } from '../support/sfuStorm.ts';
import { until } from '../support/until.ts';

let n1: RunningNode;
let n2: RunningNode;
let a: TestLink;
let b: TestLink;

beforeAll(watchMedia);

beforeEach(async () => {
  ({ n1, n2, a, b } = await startTwoNodes());
});

afterEach(async () => {
  a.close();
  b.close();
  await Promise.all([n1.close(), n2.close()]);
});

/** The chair on n1, whose source is open there, and a site that holds it on n1 or n2. */
async function held(source: Source, at: 'n1' | 'n2') {
  const side = at === 'n1' ? { node: n1, link: a } : { node: n2, link: b };
  await a.open('chair');
  const injected = await InjectedStream.create(n1, 'chair', source);
  await a.apply(plan('chair', 2, { open: [source] }));
  await until(() => !injected.stream.producer.paused, { what: 'the source to be open' });
  const site = await Receiver.create(side, 'site');
  let token = 2;
  const want = (hold: boolean) => {
    const receive = [from('chair', source, 'n1', { hold })];
    return side.link.apply(plan('site', token++, { receive }));
  };
  await want(true);
  const consumer = await until(() => side.link.consumersOf('site')[0], { what: 'the consumer' });
  const ready = () => side.link.ready('site', site.incarnation);
  const settled = () => injected.settled();
  return { link: side.link, injected, site, want, consumer, ready, settled };
}

/** A packet at every look, until the condition holds. */
const sending = (stream: InjectedStream, condition: () => boolean, what: string) =>
  until(
    () => {
      stream.send(true);
      return condition();
    },
    { what },
  );

async function burst(stream: InjectedStream): Promise<void> {
  for (let i = 0; i < 30; i++) stream.send(true);
  await stream.settled();
}

describe.each(['n1', 'n2'] as const)('what is held on %s of a stream at home on n1', (at) => {
  it.each(['camera', 'microphone'] as const)(
    '%s: is offered, does not flow, flows when it may, and can be held again',
    async (source) => {
      const { link, injected, site, want, consumer, ready } = await held(source, at);
      const idle = source === 'camera' ? 'off' : 'high';
      await ready();
      await burst(injected);
      expect(site.packets).toBe(0);
      expect(a.demandOf('chair', source)).toBe(idle);

      await want(false);
      await sending(injected, () => site.packets > 3, 'packets');
      expect(a.demandOf('chair', source)).toBe('high');

      await want(true);
      await until(() => a.demandOf('chair', source) === idle, { what: 'the demand to go' });
      // What had left before it was held comes first.
      await until(
        async () => {
          site.reset();
          await burst(injected);
          return site.packets === 0;
        },
        { what: 'silence' },
      );

      await want(false);
      await sending(injected, () => site.packets > 3, 'packets again');
      expect(link.consumersOf('site')).toEqual([consumer]);
    },
  );

  it('waits for a browser that is not ready when it may flow', async () => {
    const { injected, site, want, ready } = await held('camera', at);
    await want(false);
    await until(() => a.demandOf('chair', 'camera') === 'high', { what: 'the demand' });
    await burst(injected);
    expect(site.packets).toBe(0);
    await ready();
    await sending(injected, () => site.packets > 3, 'packets');
  });

  it('held and let go while the answer of the one before is out: the last word counts', async () => {
    const { injected, site, want, ready } = await held('camera', at);
    await ready();
    await Promise.all([want(false), want(true), want(false)]);
    await sending(injected, () => site.packets > 3, 'packets');
    await Promise.all([want(true), want(false), want(true)]);
    await until(() => a.demandOf('chair', 'camera') === 'off', { what: 'no demand' });
    await until(
      async () => {
        site.reset();
        await burst(injected);
        return site.packets === 0;
      },
      { what: 'silence' },
    );
  });
});

describe('a pipe', () => {
  it.each(['camera', 'microphone'] as const)(
    'of a %s that is only held is made, and nothing crosses it',
    async (source) => {
      const { injected, want, ready, site } = await held(source, 'n2');
      const [producer] = pipedProducers();
      if (!producer) throw new Error('nothing was piped');
      const crossed = await tap(producer);
      await ready();
      await burst(injected);
      expect(crossed()).toBe(0);
      await want(false);
      await sending(injected, () => crossed() > 3 && site.packets > 3, 'packets on n2');
      await want(true);
      await until(
        async () => {
          const before = crossed();
          await burst(injected);
          return crossed() === before;
        },
        { what: 'the pipe to rest' },
      );
      expect(pipedProducers()).toEqual([producer]);
    },
  );

  it('with one receiver held and one not flows for the one', async () => {
    const { injected, site, ready } = await held('camera', 'n2');
    await ready();
    const other = await Receiver.create({ node: n2, link: b }, 'other');
    const receive = [from('chair', 'camera', 'n1', { layer: 'low' })];
    await b.apply(plan('other', 2, { receive }));
    await until(() => b.consumersOf('other').length === 1, { what: 'its consumer' });
    expect(b.consumersOf('other')[0]?.producerId).toBe(b.consumersOf('site')[0]?.producerId);
    await b.ready('other', other.incarnation);
    await sending(injected, () => other.packets > 3, 'packets');
    expect(site.packets).toBe(0);
    expect(a.demandOf('chair', 'camera')).toBe('low');
  });
});

describe('the death of a node', () => {
  it('with all its pipes leaves what is held of others as it is, ready to flow', async () => {
    await Promise.all([a.open('chair:a'), b.open('chair:b', 1, true)]);
    await InjectedStream.create(n1, 'chair:a', 'camera');
    const second = await InjectedStream.create(n2, 'chair:b', 'camera');
    const site = await Receiver.create({ node: n2, link: b }, 'site');
    const former = from('chair:a', 'camera', 'n1');
    await b.apply(
      plan('site', 2, { receive: [former, from('chair:b', 'camera', 'n2', { hold: true })] }),
    );
    await until(() => b.consumersOf('site').length === 2, { what: 'both consumers' });
    await b.ready('site', site.incarnation);
    const spare = b.consumersOf('site').find((c) => c.stream.endpoint === 'chair:b');
    await n1.close();
    await until(() => b.consumersOf('site').length === 1, { what: 'the one to go' });
    expect(b.consumersOf('site')).toEqual([spare]);
    await b.apply(
      plan('chair:b', 3, { open: ['camera'] }),
      plan('site', 3, { receive: [former, from('chair:b', 'camera', 'n2')] }),
    );
    await until(() => b.demandOf('chair:b', 'camera') === 'high', { what: 'the demand' });
    await sending(second, () => site.packets > 3, 'packets');
    expect(b.consumersOf('site')).toEqual([spare]);
  });
});

describe('standing by', () => {
  it('is told with the streams, in reports and loads, and again when it changes', async () => {
    const incarnation = await a.open('seat:b', 1, true);
    await a.publish('seat:b', incarnation, 'camera');
    await a.publish('seat:b', incarnation, 'microphone');
    const told = (standby: boolean) =>
      ['camera', 'microphone'].map((source) => ({ endpoint: 'seat:b', source, standby }));
    const added = () => a.told.streams.flatMap((change) => change.added);
    await until(() => added().length === 2, { what: 'the streams' });
    expect(added()).toEqual(told(true));
    const own = () => n1.media.report().spaces[0]?.endpoints[0];
    expect([own()?.standby, n1.media.load().standbys]).toEqual([true, 1]);
    a.told.streams.length = 0;
    await a.apply(plan('seat:b', 2, { standby: false }), plan('seat:b', 2, { standby: false }));
    await until(() => added().length > 0, { what: 'the change' });
    expect(a.told.streams).toEqual([{ space: 'briefing-1', added: told(false), removed: [] }]);
    expect([own()?.standby, n1.media.load().standbys]).toEqual([false, 0]);
    await a.apply(plan('seat:b', 3, { standby: true }));
    await until(() => a.told.streams.length > 1, { what: 'the way back' });
    expect(a.told.streams[1]?.added).toEqual(told(true));
  });
});
