import v8 from 'node:v8';
import { observer, type types } from 'mediasoup';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { RunningNode } from '../../sfu/createNode.ts';
import { Endpoint } from '../../sfu/media/endpoint.ts';
import { HomeStream } from '../../sfu/media/homeStream.ts';
import { PipeIn } from '../../sfu/media/pipeIn.ts';
import { PipeOut } from '../../sfu/media/pipeOut.ts';
import { Subscription } from '../../sfu/media/subscription.ts';
import { InjectedStream } from '../support/sfuMedia.ts';
import { from, plan, space, startNode, TestLink } from '../support/sfuNodes.ts';
import { until } from '../support/until.ts';

const rounds = 3;
const sites = 36;

const workers: types.Worker[] = [];

beforeAll(() => {
  observer.on('newworker', (worker) => workers.push(worker));
});

let sides: { readonly node: RunningNode; readonly link: TestLink }[];

beforeEach(async () => {
  workers.length = 0;
  sides = await Promise.all(
    ['n1', 'n2'].map(async (id) => {
      const node = await startNode(id);
      return { node, link: await TestLink.create(node.controlUrl) };
    }),
  );
  const nodes = sides.map(({ node }, i) => ({ node: `n${i + 1}`, controlUrl: node.controlUrl }));
  for (const { link } of sides) await link.ask('peers', { nodes });
});

afterEach(async () => {
  for (const { link, node } of sides) {
    link.close();
    await node.close();
  }
});

/** Everything that the workers hold. */
async function counts() {
  const ofWorkers = await Promise.all(
    workers.map(async (worker) => {
      const { channelMessageHandlers, routerIds } = await worker.dump();
      return [
        routerIds.length,
        channelMessageHandlers.channelRequestHandlers.length,
        channelMessageHandlers.channelNotificationHandlers.length,
      ];
    }),
  );
  const ofRouters = await Promise.all(
    sides.map(async ({ node }) => {
      const dump = await node.media.space(space)?.router.dump();
      const load = node.media.load();
      return [
        dump?.transportIds.length,
        dump?.mapConsumerIdProducerId.length,
        dump?.mapProducerIdConsumerIds.length,
        load.endpoints,
        load.consumers,
      ];
    }),
  );
  return { ofWorkers, ofRouters };
}

/** Those that anything still refers to: a listener, a ticket, a timer. Costs a collection each. */
const alive = () =>
  [Endpoint, HomeStream, PipeIn, PipeOut, Subscription].map((of) =>
    v8.queryObjects(of, { format: 'count' }),
  );

/** Sites come to one node, hold, receive, hold and receive again, and go. */
async function visit({ link }: { link: TestLink }, round: number): Promise<void> {
  // Of endpoints that are no more nothing is told, so what was told before says nothing now.
  link.told.consumers.length = 0;
  const ids = Array.from({ length: sites }, (_, i) => `site${i}`);
  const incarnations = await Promise.all(ids.map((id) => link.open(id, round, true)));
  const sources = ['camera', 'microphone'] as const;
  const want = (hold: boolean, layer: 'low' | 'high') =>
    link.apply(
      ...ids.map((id) =>
        plan(id, round, {
          standby: hold,
          receive: sources.map((source) => from('chair', source, 'n1', { hold, layer })),
        }),
      ),
    );
  const published = ids.map((id, i) => link.publish(id, incarnations[i] ?? '', 'camera'));
  await Promise.all(published);
  await want(true, 'low');
  await until(() => ids.every((id) => link.consumersOf(id).length === 2), { what: 'consumers' });
  // Every other browser says that it is ready while it is held, the rest never or too late.
  await Promise.all(ids.map((id, i) => i % 2 && link.ready(id, incarnations[i] ?? '')));
  for (const hold of [false, true, false, true, false]) await want(hold, hold ? 'low' : 'high');
  await Promise.all(ids.map((id, i) => i % 3 || link.ready(id, incarnations[i] ?? '')));
  await want(true, 'high');
  await want(false, 'low');
  await Promise.all(
    ids.map((endpoint, i) =>
      // Some go by themselves, others by a new plan first, or by making way for a newer self.
      i % 3
        ? link.ask('closeEndpoint', { space, endpoint, incarnation: incarnations[i] ?? '' })
        : link
            .apply(plan(endpoint, round))
            .then(() => link.open(endpoint, round))
            .then((incarnation) => link.ask('closeEndpoint', { space, endpoint, incarnation })),
    ),
  );
}

it('nothing of hundreds of endpoints that came, held, received and went is left', async () => {
  const [home, far] = sides;
  if (!home || !far) throw new Error('no nodes');
  await home.link.open('chair');
  await far.link.open('resident');
  await InjectedStream.create(home.node, 'chair', 'camera');
  await InjectedStream.create(home.node, 'chair', 'microphone');
  await home.link.apply(plan('chair', 1, { open: ['camera', 'microphone'] }));
  // The first round makes what is made once: links between the nodes, the routers' own.
  for (const side of sides) await visit(side, 1);
  const before = [await counts(), alive()];
  for (let round = 2; round < 2 + rounds; round++) {
    for (const side of sides) await visit(side, round);
  }
  await until(
    async () => {
      const [media, objects] = before;
      expect(await counts()).toEqual(media);
      expect(alive()).toEqual(objects);
      return true;
    },
    { what: 'everything to be gone' },
  );
}, 120_000);
