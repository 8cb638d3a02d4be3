import { get } from 'node:http';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningNode } from '../../sfu/createNode.ts';
import { type RequestName, requestEvent, requests } from '../../sfu/protocol/requests.ts';
import { opus, plan, secretText, space, startNode, TestLink, vp8 } from '../support/sfuNodes.ts';

let node: RunningNode;
let link: TestLink;
let incarnation: string;

beforeAll(async () => {
  node = await startNode('n1');
  link = await TestLink.create(node.controlUrl);
  incarnation = await link.open('seat-1', 5);
});

afterAll(async () => {
  link?.close();
  await node?.close();
});

const fingerprint = {
  algorithm: 'sha-256',
  value: Array.from({ length: 32 }, () => 'AB').join(':'),
};
const camera = { endpoint: 'seat-1', source: 'camera' } as const;

/** A well-formed example of each request, for the endpoint that is there. */
const good = () => {
  const ref = { space, endpoint: 'seat-1', incarnation };
  return {
    openEndpoint: { space, endpoint: 'seat-2', token: 1, standby: false },
    connect: { ...ref, direction: 'send', dtlsParameters: { fingerprints: [fingerprint] } },
    restartIce: { ...ref, direction: 'receive' },
    publish: { ...ref, source: 'camera', kind: 'video', rtpParameters: vp8(1000, 3) },
    unpublish: { ...ref, source: 'camera' },
    ready: { space, items: [{ endpoint: 'seat-1', incarnation, consumers: ['none'] }] },
    apply: { space, plans: [plan('seat-1', 5)] },
    closeEndpoint: ref,
    peers: { nodes: [{ node: 'n2', controlUrl: 'http://127.0.0.1:1' }] },
    drain: {},
  } satisfies Record<RequestName, unknown>;
};

describe('what is not a request', () => {
  const huge = 'x'.repeat(100_000);
  const nonsense: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a string', 'openEndpoint'],
    ['a list', []],
    ['an empty object', {}],
    ['a huge string', huge],
    ['binary data', Buffer.from([1, 2, 3])],
    ['an unknown key', { space, endpoint: 'seat-1', token: 1, more: true }],
    ['a prototype', JSON.parse('{"__proto__": {"space": "x"}, "constructor": 1}')],
    ['deep nesting', JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`)],
  ];
  for (const name of Object.keys(requests) as RequestName[]) {
    // The one request that says all by its name is an empty object.
    const nothingToSay = Object.keys(requests[name].shape).length === 0;
    const wrong = nonsense.filter(([what]) => !nothingToSay || what !== 'an empty object');
    it.each(wrong)(`${name} with %s is malformed`, async (_, request) => {
      expect(await link.raw(requestEvent(name), request)).toMatchObject({
        ok: false,
        fault: 'malformed',
      });
    });

    if (nothingToSay) continue;
    it(`${name} with each of its parts spoilt or left out is malformed`, async () => {
      const request = good()[name] as Record<string, unknown>;
      for (const key of Object.keys(request)) {
        const { [key]: _, ...without } = request;
        const spoilt = [without, ...[-1, {}, huge, null].map((v) => ({ ...request, [key]: v }))];
        for (const bad of spoilt) {
          const answer = await link.raw(requestEvent(name), bad);
          expect(answer, `${key} in ${JSON.stringify(bad).slice(0, 80)}`).toMatchObject({
            fault: 'malformed',
          });
        }
      }
    });
  }

  it.each(['node.shutdown', 'shutdown', 'node.', 'node.__proto__', 'node.constructor'])(
    'event %s is malformed',
    async (event) => {
      expect(await link.raw(event, {})).toMatchObject({ ok: false, fault: 'malformed' });
    },
  );

  it('a request without an acknowledgement does no harm', async () => {
    link.socket.emit(requestEvent('apply'));
    link.socket.emit(requestEvent('unpublish'), 'nonsense');
    expect(await link.apply()).toEqual({ ok: true, refused: [] });
  });

  it('bounds what one request may hold', async () => {
    const plans = Array.from({ length: 513 }, (_, i) => plan(`s${i}`, 1));
    expect(await link.ask('apply', { space, plans })).toMatchObject({ fault: 'malformed' });
    const most = await link.ask('apply', { space, plans: plans.slice(1) });
    expect(most.ok && most.refused.length).toBe(512);
  });

  it('closes the link of one who sends a megabyte', async () => {
    const rude = await TestLink.create(node.controlUrl);
    const closed = new Promise((resolve) => rude.socket.once('disconnect', resolve));
    rude.socket.emit(requestEvent('apply'), 'x'.repeat(1_100_000));
    await closed;
    rude.close();
    expect(await link.apply()).toMatchObject({ ok: true });
  });
});

describe('orders for what is not there', () => {
  const refs = ['connect', 'restartIce', 'publish', 'unpublish', 'closeEndpoint'] as const;

  it.each(refs)('%s names the missing space, endpoint and former self', async (name) => {
    const request = good()[name];
    const ask = (change: object) => link.raw(requestEvent(name), { ...request, ...change });
    expect(await ask({ space: 'nowhere' })).toMatchObject({ fault: 'unknownSpace' });
    expect(await ask({ endpoint: 'nobody' })).toMatchObject({ fault: 'unknownEndpoint' });
    expect(await ask({ incarnation: 'former' })).toMatchObject({ fault: 'staleIncarnation' });
  });

  it('names the missing space of plans and readiness', async () => {
    expect(await link.ask('apply', { space: 'nowhere', plans: [] })).toMatchObject({
      fault: 'unknownSpace',
    });
    expect(await link.ask('ready', { space: 'nowhere', items: [] })).toMatchObject({
      fault: 'unknownSpace',
    });
  });

  it('refuses plans one by one', async () => {
    const stale = { ...plan('seat-1', 9), incarnation: 'former' };
    expect(await link.apply(plan('nobody', 9), plan('seat-1', 4), stale)).toEqual({
      ok: true,
      refused: [
        { endpoint: 'nobody', fault: 'unknownEndpoint' },
        { endpoint: 'seat-1', fault: 'staleToken' },
        { endpoint: 'seat-1', fault: 'staleIncarnation' },
      ],
    });
  });

  it('refuses an older plan in the same request as a newer', async () => {
    await link.open('seat-3', 1);
    const answer = await link.apply(plan('seat-3', 8), plan('seat-3', 7));
    expect(answer).toMatchObject({ refused: [{ endpoint: 'seat-3', fault: 'staleToken' }] });
    expect(await link.apply(plan('seat-3', 8))).toEqual({ ok: true, refused: [] });
  });

  it('does not open an endpoint for one who knows less', async () => {
    await link.open('seat-4', 6);
    const late = await link.ask('openEndpoint', {
      space,
      endpoint: 'seat-4',
      token: 5,
      standby: false,
    });
    expect(late).toMatchObject({ fault: 'staleToken' });
  });
});

describe('parameters that mediasoup does not take', () => {
  const wrong: readonly (readonly [string, object])[] = [
    ['a codec that nobody knows', { codecs: [{ ...vp8(1, 1).codecs[0], mimeType: 'video/ABC' }] }],
    ['sound as a picture', opus(2000)],
    ['two encodings of one SSRC', { encodings: [{ ssrc: 2010 }, { ssrc: 2010 }] }],
    ['retransmission of nothing', { codecs: [{ ...vp8(1, 1).codecs[0], mimeType: 'video/rtx' }] }],
    ['simulcast without names', { encodings: [{}, {}, {}], mid: undefined }],
  ];

  it.each(wrong)('%s: rejectedParameters, and the node lives', async (_, change) => {
    const request = good().publish;
    const rtpParameters = { ...request.rtpParameters, ...change };
    expect(await link.raw(requestEvent('publish'), { ...request, rtpParameters })).toMatchObject({
      ok: false,
      fault: 'rejectedParameters',
    });
  });

  it('a kind that is not the source’s', async () => {
    const request = { ...good().publish, source: 'microphone' as const };
    expect(await link.ask('publish', request as never)).toMatchObject({
      fault: 'rejectedParameters',
    });
  });

  it.each([
    ['of an unknown hash', { algorithm: 'md4', value: fingerprint.value }, 'rejectedParameters'],
    ['that is no hex', { algorithm: 'sha-256', value: 'zz:zz' }, 'malformed'],
  ])('a fingerprint %s', async (_, wrong, fault) => {
    const other = await link.open('seat-5');
    const request = { ...good().connect, endpoint: 'seat-5', incarnation: other };
    const answer = await link.raw(requestEvent('connect'), {
      ...request,
      dtlsParameters: { fingerprints: [wrong] },
    });
    expect(answer).toMatchObject({ fault });
  });

  it('new ICE credentials for either direction, as often as asked for', async () => {
    const opened = await link.ask('openEndpoint', {
      space,
      endpoint: 'seat-9',
      token: 1,
      standby: false,
    });
    if (!opened.ok) throw new Error(opened.fault);
    const fragments = new Set<unknown>();
    for (const direction of ['send', 'receive', 'send'] as const) {
      const answer = await link.ask('restartIce', {
        space,
        endpoint: 'seat-9',
        incarnation: opened.incarnation,
        direction,
      });
      if (!answer.ok) throw new Error(answer.fault);
      expect(answer.iceParameters).toMatchObject({ iceLite: true, password: expect.any(String) });
      fragments.add((answer.iceParameters as { usernameFragment: string }).usernameFragment);
    }
    for (const { iceParameters } of [opened.send, opened.receive]) {
      fragments.add((iceParameters as { usernameFragment: string }).usernameFragment);
    }
    expect(fragments.size).toBe(5);
  });

  it('a second handshake', async () => {
    const other = await link.open('seat-6');
    const request = { ...good().connect, endpoint: 'seat-6', incarnation: other } as never;
    expect(await link.ask('connect', request)).toEqual({ ok: true });
    expect(await link.ask('connect', request)).toMatchObject({ fault: 'rejectedParameters' });
  });
});

describe('publishing', () => {
  it('once, until it is taken back', async () => {
    const self = await link.open('seat-7');
    const ref = { space, endpoint: 'seat-7', incarnation: self, source: 'camera' } as const;
    expect(await link.ask('unpublish', ref)).toMatchObject({ fault: 'unknownStream' });
    const both = await Promise.all([
      link.publish('seat-7', self, 'camera'),
      link.publish('seat-7', self, 'camera'),
    ]);
    expect(both.map((a) => (a.ok ? 'ok' : a.fault)).sort()).toEqual(['alreadyPublished', 'ok']);
    expect(await link.ask('unpublish', ref)).toEqual({ ok: true });
    expect(await link.publish('seat-7', self, 'camera')).toMatchObject({ ok: true });
  });

  it('is reported, and open only by a plan', async () => {
    const self = await link.open('seat-8');
    await link.publish('seat-8', self, 'microphone');
    const of = () => node.media.report().spaces[0]?.endpoints.find((e) => e.endpoint === 'seat-8');
    expect(of()).toMatchObject({ published: ['microphone'], open: [] });
    await link.apply(plan('seat-8', 2, { open: ['microphone', 'camera'] }));
    expect(of()).toMatchObject({ open: ['microphone'], token: 2 });
  });
});

describe('who may speak to a node', () => {
  it.each([
    ['no secret', {}],
    ['a wrong secret', { secret: `${secretText}x` }],
    ['a secret of another kind', { secret: { toString: 'x' } }],
  ])('%s is refused', async (_, auth) => {
    for (const path of ['/', '/peer']) {
      const socket = io(`${node.controlUrl}${path}`, {
        transports: ['websocket'],
        auth,
        forceNew: true,
        reconnection: false,
      });
      const refused = await new Promise<Error>((resolve, reject) => {
        socket.on('connect_error', resolve);
        socket.on('connect', () => reject(new Error('connected')));
      });
      expect(refused.message).toBe('unauthorized');
      socket.disconnect();
    }
  });

  it('anybody may ask whether it is well, and nothing else', async () => {
    const ask = (path: string) =>
      new Promise<[number | undefined, string]>((resolve) => {
        get(`${node.controlUrl}${path}`, (response) => {
          let body = '';
          response.on('data', (chunk) => {
            body += chunk;
          });
          response.on('end', () => resolve([response.statusCode, body]));
        });
      });
    expect(await ask('/healthz')).toEqual([200, '{"ready":true}']);
    expect((await ask('/etc/passwd'))[0]).toBe(404);
  });

  it('a peer that speaks nonsense gets faults', async () => {
    const peer = io(`${node.controlUrl}/peer`, {
      transports: ['websocket'],
      auth: { secret: secretText, node: 'n9' },
      forceNew: true,
    });
    for (const name of ['pull', 'drop', 'tickets', 'node.apply']) {
      for (const raw of [undefined, {}, { space: 1 }, { space, stream: camera, layer: 'huge' }]) {
        expect(await peer.timeout(5000).emitWithAck(name, raw)).toMatchObject({
          fault: 'malformed',
        });
      }
    }
    const nowhere = { pipe: 'x', expect: [], ready: [], again: [], gone: [] };
    expect(await peer.emitWithAck('tickets', nowhere)).toMatchObject({ fault: 'unknownStream' });
    peer.disconnect();
  });
});
