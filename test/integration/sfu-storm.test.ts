import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningNode } from '../../sfu/createNode.ts';
import { InjectedStream } from '../support/sfuMedia.ts';
import { from, plan, startTwoNodes, type TestLink } from '../support/sfuNodes.ts';
import { Camera, Receiver } from '../support/sfuStorm.ts';
import { until } from '../support/until.ts';

const sites = 71;

let n1: RunningNode;
let n2: RunningNode;
let a: TestLink;
let b: TestLink;
const cameras: Camera[] = [];

beforeEach(async () => {
  ({ n1, n2, a, b } = await startTwoNodes());
});

afterEach(async () => {
  for (const camera of cameras.splice(0)) camera.stop();
  a.close();
  b.close();
  await Promise.all([n1.close(), n2.close()]);
});

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}`);

/** So many sites whose consumers are made and held, their browsers ready. */
async function standing(at: { node: RunningNode; link: TestLink }, ids: readonly string[]) {
  const receivers = await Promise.all(ids.map((id) => Receiver.create(at, id)));
  await at.link.apply(...orders(receivers, 2, true));
  await until(() => ids.every((id) => at.link.consumersOf(id).length === 1), {
    what: 'the consumers',
  });
  for (const { endpoint, incarnation } of receivers) await at.link.ready(endpoint, incarnation);
  return receivers;
}

const orders = (receivers: readonly Receiver[], token: number, hold: boolean) =>
  receivers.map(({ endpoint }) =>
    plan(endpoint, token, { standby: hold, receive: [from('chair', 'camera', 'n1', { hold })] }),
  );

/** The chair's camera on n1, as its plan has it shut. */
async function chair(encodings: number) {
  await a.open('chair', 1, true);
  const stream = await InjectedStream.create(n1, 'chair', 'camera', encodings);
  const camera = new Camera(stream);
  cameras.push(camera);
  return { camera, requests: stream.keyFrameRequests };
}

const shown = (receivers: readonly Receiver[]) =>
  until(() => receivers.every(({ packets }) => packets > 2), {
    what: 'a picture everywhere',
    seen: () => receivers.map(({ packets }) => packets),
  });

describe.each([1, 3])('71 sites re-homed at once, a camera of %i encodings', (encodings) => {
  it('that runs: all start on one key frame, asked for in one moment', async () => {
    const { camera } = await chair(encodings);
    const open = plan('chair', 2, { open: ['camera'] });
    const [witness] = await standing({ node: n1, link: a }, ['witness']);
    if (!witness) throw new Error('no witness');
    const receivers = await standing({ node: n1, link: a }, names('p', sites));
    await a.apply(open, ...orders([witness], 3, false));
    camera.start();
    await shown([witness]);
    expect(receivers.every(({ packets }) => packets === 0)).toBe(true);
    const before = camera.keyFrames;
    await a.apply(...orders(receivers, 3, false));
    await shown(receivers);
    expect(receivers.map(({ begins }) => begins)).toEqual(receivers.map(() => 'keyFrame'));
    expect(camera.keyFrames - before).toBe(1);
    expect(camera.unheard).toBe(0);
  });

  it('that has yet to start: its first frame serves all, and nobody asks', async () => {
    const { camera, requests } = await chair(encodings);
    const receivers = await standing({ node: n1, link: a }, names('p', sites));
    await until(() => a.demandOf('chair', 'camera') === 'off', { what: 'no demand' });
    await a.apply(plan('chair', 3, { open: ['camera'] }), ...orders(receivers, 3, false));
    await until(() => a.demandOf('chair', 'camera') === 'high', { what: 'the demand' });
    // Later than the sites would ask once more, if they asked such a camera at all.
    const load = a.told.load.length;
    await until(() => a.told.load.length > load + 1, { what: 'more than a second' });
    camera.start();
    await shown(receivers);
    expect(receivers.map(({ begins }) => begins)).toEqual(receivers.map(() => 'keyFrame'));
    expect([camera.keyFrames, requests]).toEqual([1, []]);
  });

  it('by two servers on two nodes: no request comes so soon that it is not heard', async () => {
    const { camera } = await chair(encodings);
    const [near, far] = await Promise.all([
      standing({ node: n1, link: a }, names('near', 35)),
      standing({ node: n2, link: b }, names('far', 36)),
    ]);
    const all = [...near, ...far];
    await a.apply(plan('chair', 3, { open: ['camera'] }));
    camera.start();
    await Promise.all([a.apply(...orders(near, 3, false)), b.apply(...orders(far, 3, false))]);
    await shown(all);
    expect(all.map(({ begins }) => begins)).toEqual(all.map(() => 'keyFrame'));
    expect(camera.unheard).toBe(0);
    // The way back, and forth once more: what was made is used again.
    const made = [a, b].map((link) => link.told.consumers.length);
    await Promise.all([a.apply(...orders(near, 4, true)), b.apply(...orders(far, 4, true))]);
    await until(() => a.demandOf('chair', 'camera') === 'off', { what: 'no demand' });
    await Promise.all([a.apply(...orders(near, 5, false)), b.apply(...orders(far, 5, false))]);
    for (const receiver of all) receiver.reset();
    await shown(all);
    expect(camera.unheard).toBe(0);
    expect([a, b].map((link) => link.told.consumers.length)).toEqual(made);
  });
});
