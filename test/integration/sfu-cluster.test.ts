import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningNode } from '../../sfu/createNode.ts';
import type { Source } from '../../sfu/protocol/media.ts';
import { InjectedStream, pipedProducers, tap, watchMedia } from '../support/sfuMedia.ts';
import { from, plan, space, startNode, startTwoNodes, TestLink } from '../support/sfuNodes.ts';
import { type UntilOptions, until } from '../support/until.ts';

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

/** The speaker on n1 with one source of injected packets, and a receiver on n2 that wants it. */
async function speakerAndReceiver(source: Source) {
  const [, incarnation] = await Promise.all([a.open('speaker'), b.open('listener')]);
  const injected = await InjectedStream.create(n1, 'speaker', source);
  await b.apply(plan('listener', 1, { receive: [from('speaker', source, 'n1')] }));
  const consumer = await until(() => b.consumersOf('listener')[0], { what: 'a consumer on n2' });
  const there = pipedProducers();
  expect(there).toHaveLength(1);
  const [producer] = there;
  if (!producer) throw new Error('nothing was piped');
  const ready = () =>
    b.ask('ready', {
      space,
      items: [{ endpoint: 'listener', incarnation, consumers: [consumer.id] }],
    });
  return { injected, producer, consumer, ready };
}

/** A packet at every look, until the condition holds. */
function untilSending(
  stream: InjectedStream,
  keyFrames: boolean,
  condition: () => boolean,
  options: UntilOptions,
) {
  const look = () => {
    stream.send(keyFrames);
    return condition();
  };
  return until(look, options);
}

describe('sound over a pipe', () => {
  it('flows only while a plan opens it, and stops at its home', async () => {
    const { injected, producer } = await speakerAndReceiver('microphone');
    const heard = await tap(producer);
    const atHome = await tap(injected.stream.producer);
    for (let i = 0; i < 50; i++) injected.send();
    await a.apply(plan('speaker', 2, { open: ['microphone'] }));
    await untilSending(injected, false, () => heard() > 10, { what: 'sound on n2' });
    expect(producer.paused).toBe(false);
    // A worker does what it is told in order: what is sent after the answer finds it closed.
    await a.apply(plan('speaker', 3));
    await until(() => injected.stream.producer.paused, { what: 'the microphone to be closed' });
    await injected.settled();
    const before = atHome();
    for (let i = 0; i < 50; i++) injected.send();
    await injected.settled();
    expect(atHome()).toBe(before);
    const last = heard();
    // The way back proves that nothing of those fifty is still on its way.
    await a.apply(plan('speaker', 4, { open: ['microphone'] }));
    await untilSending(injected, false, () => heard() > last + 3, { what: 'sound on n2 again' });
    expect(heard() - last).toBeLessThan(50);
  });

  it('before any plan, nothing is heard at home either', async () => {
    await a.open('speaker');
    const injected = await InjectedStream.create(n1, 'speaker', 'microphone');
    const heard = await tap(injected.stream.producer);
    for (let i = 0; i < 20; i++) injected.send();
    await injected.settled();
    expect(heard()).toBe(0);
    await a.apply(plan('speaker', 2, { open: ['microphone'] }));
    await untilSending(injected, false, () => heard() > 0, { what: 'sound' });
  });
});

describe('pictures over a pipe', () => {
  it('cost nothing until a receiver is ready, then start with a key frame asked for once', async () => {
    await a.open('chair');
    const { injected, producer, ready } = await speakerAndReceiver('camera');
    await a.apply(plan('speaker', 2, { open: ['camera'] }));
    const seen = await tap(producer);
    await until(() => !injected.stream.producer.paused, { what: 'the camera to be open' });
    injected.send(true);
    await injected.settled();
    const asked = injected.keyFrameRequests.length;
    for (let i = 0; i < 20; i++) injected.send();
    await injected.settled();
    expect(seen()).toBe(0);
    await ready();
    await untilSending(injected, false, () => injected.keyFrameRequests.length > asked, {
      what: 'a request for a key frame',
    });
    await untilSending(injected, true, () => seen() > 0, { what: 'a picture on n2' });
  });

  it('of one stream cross once for all who want them, and end with the last', async () => {
    const { producer } = await speakerAndReceiver('camera');
    await Promise.all([b.open('second'), b.open('third')]);
    const wish = { receive: [from('speaker', 'camera', 'n1', { layer: 'low' })] };
    await b.apply(plan('second', 1, wish), plan('third', 1, wish));
    await until(() => b.consumersOf('second').length + b.consumersOf('third').length === 2, {
      what: 'two more consumers',
    });
    expect(pipedProducers()).toEqual([producer]);
    expect(b.consumersOf('third')[0]?.producerId).toBe(producer.id);
    await b.apply(plan('listener', 2), plan('second', 2));
    expect(producer.closed).toBe(false);
    await until(() => a.demandOf('speaker', 'camera') === 'low', { what: 'a lower demand' });
    await b.apply(plan('third', 2));
    await until(() => producer.closed, { what: 'the pipe to end' });
    await until(() => a.demandOf('speaker', 'camera') === 'off', { what: 'no demand' });
  });

  it('two servers that ask for the same get it once', async () => {
    const other = await TestLink.create(n2.controlUrl);
    const { producer } = await speakerAndReceiver('camera');
    await other.apply(plan('listener', 1, { receive: [from('speaker', 'camera', 'n1')] }));
    const taken = await until(() => other.told.consumers[0]?.endpoints[0], {
      what: 'the taking over',
    });
    expect(taken).toMatchObject({ complete: true, endpoint: 'listener' });
    expect(taken.added).toHaveLength(1);
    expect(pipedProducers()).toEqual([producer]);
    other.close();
  });
});

describe('what comes later', () => {
  it('is received when it comes, by plans made before', async () => {
    await Promise.all([a.open('speaker'), a.open('near'), b.open('far')]);
    const wish = { receive: [from('speaker', 'camera', 'n1')] };
    await Promise.all([a.apply(plan('near', 1, wish)), b.apply(plan('far', 1, wish))]);
    await InjectedStream.create(n1, 'speaker', 'camera');
    await until(() => a.consumersOf('near').length === 1, { what: 'the near one' });
    await until(() => b.consumersOf('far').length === 1, { what: 'the far one' });
  });

  it('is not pulled while nobody knows where it is', async () => {
    await Promise.all([a.open('speaker'), b.open('far')]);
    await InjectedStream.create(n1, 'speaker', 'camera');
    const stream = { endpoint: 'speaker', source: 'camera' as const };
    await b.apply(plan('far', 1, { receive: [{ stream, layer: 'high', hold: false }] }));
    expect(b.consumersOf('far')).toEqual([]);
    await b.apply(plan('far', 2, { receive: [from('speaker', 'camera', 'n1')] }));
    await until(() => b.consumersOf('far').length === 1, { what: 'a consumer' });
  });

  it('a site that reloads is seen again by all, without a new plan', async () => {
    await a.open('near');
    const { consumer: before, producer } = await speakerAndReceiver('camera');
    await a.apply(plan('near', 1, { receive: [from('speaker', 'camera', 'n1')] }));
    const near = await until(() => a.consumersOf('near')[0], { what: 'the near consumer' });
    await a.open('speaker', 2);
    await until(() => producer.closed, { what: 'the former pipe to end' });
    await until(() => a.consumersOf('near').length === 0, { what: 'the near consumer to go' });
    await InjectedStream.create(n1, 'speaker', 'camera');
    const after = await until(() => b.consumersOf('listener').find((c) => c.id !== before.id), {
      what: 'a new consumer on n2',
    });
    expect(b.consumersOf('listener')).toEqual([after]);
    const again = await until(() => a.consumersOf('near')[0], { what: 'a new one on n1' });
    expect(again.id).not.toBe(near.id);
  });

  it('a stream that moves is received from its new home', async () => {
    await speakerAndReceiver('camera');
    await b.open('speaker', 2);
    await InjectedStream.create(n2, 'speaker', 'camera');
    await b.apply(plan('listener', 2, { receive: [from('speaker', 'camera', 'n2')] }));
    await until(() => pipedProducers().length === 0, { what: 'the pipe to end' });
    await until(() => b.consumersOf('listener').length === 1, { what: 'one consumer' });
  });
});

describe('a peer that goes', () => {
  it('takes its streams along, and they are pulled again when it is back', async () => {
    const { consumer, producer } = await speakerAndReceiver('camera');
    const { port } = new URL(n1.controlUrl);
    a.close();
    await n1.close();
    await until(() => producer.closed, { what: 'the piped stream to go' });
    await until(() => b.consumersOf('listener').length === 0, { what: 'its consumer to go' });
    n1 = await startNode('n1', { control: { host: '127.0.0.1', port: Number(port) } });
    a = await TestLink.create(n1.controlUrl);
    await a.open('speaker', 2);
    await InjectedStream.create(n1, 'speaker', 'camera');
    const after = await until(() => b.consumersOf('listener')[0], { what: 'a new consumer' });
    expect(after.id).not.toBe(consumer.id);
  });

  it('with its worker killed, offers again what is published again', async () => {
    const { producer } = await speakerAndReceiver('microphone');
    process.kill(n1.media.workerPid ?? 0, 'SIGKILL');
    await until(() => producer.closed, { what: 'the piped stream to go' });
    await until(() => n1.media.ready, { what: 'another worker' });
    await a.open('speaker', 2);
    await InjectedStream.create(n1, 'speaker', 'microphone');
    await until(() => b.consumersOf('listener').length === 1, { what: 'a consumer again' });
  });
});
