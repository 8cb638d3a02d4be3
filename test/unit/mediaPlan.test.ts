import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MediaSource, Routing } from '../../server/domain/routing.ts';
import type { Receive } from '../../server/media/endpoint.ts';
import { planFor } from '../../server/media/plan.ts';
import { Streams } from '../../server/media/streams.ts';
import { type Leg, legEndpoint, otherLeg } from '../../server/protocol/legs.ts';
import { streamKey } from '../../sfu/protocol/media.ts';

/** Where the legs of the seats are, who is whose viewer: all that plans rest on. */
interface House {
  /** By seat: the nodes of its active leg `a` and its standby leg `b`. */
  readonly seats: Readonly<Record<string, { readonly a: string; readonly b: string }>>;
}

const space = 'briefing';
const sources = ['camera', 'microphone'] as const;
const seats = ['chair', 'speaker', 'cue'];

function streamsOf(house: House, dead?: string): Streams {
  const streams = new Streams();
  for (const [seat, legs] of Object.entries(house.seats)) {
    for (const leg of ['a', 'b'] as const) {
      for (const source of sources) {
        const stream = { endpoint: legEndpoint(seat, leg), source };
        streams.add(space, stream, { node: legs[leg], standby: leg === 'b' });
      }
    }
  }
  if (dead !== undefined) streams.removeNode(dead);
  return streams;
}

const wantsAll: Routing = {
  open: ['camera'],
  receive: seats.flatMap((seat) =>
    sources.map((source) => ({ seat, source, layer: 'high' as const, hold: false })),
  ),
};

interface LegOfViewer {
  readonly node: string;
  readonly standby: boolean;
  readonly receiving?: ReadonlyMap<string, Receive>;
  readonly leaving?: boolean;
}

function plan(
  streams: Streams,
  leg: LegOfViewer,
  o: { activeNode: string; prepare?: boolean; routing?: Routing },
) {
  return planFor({
    routing: o.routing ?? wantsAll,
    token: 7,
    endpoint: {
      id: 'viewer:a',
      standby: leg.standby,
      leaving: leg.leaving ?? false,
      receiving: leg.receiving ?? new Map(),
    },
    here: leg.node,
    activeNode: o.activeNode,
    whereIs: (seat, source) => streams.whereIs(space, seat, source),
    exists: (stream) => streams.has(space, stream),
    prepare: o.prepare ?? true,
  });
}

const byKey = (receive: readonly Receive[]) =>
  new Map(receive.map((r) => [streamKey(r.stream), r]));

const flowing = (receive: readonly Receive[]) =>
  receive.filter((r) => !r.hold).map((r) => streamKey(r.stream));

const node = fc.constantFrom('n1', 'n2', 'n3', 'n4');
const legs = fc
  .tuple(node, node)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ a, b }));

test('the loss of any one node needs no stream that is not there, ready, already', () => {
  const houses = fc.record({
    seats: fc.record({ chair: legs, speaker: legs, cue: legs }),
    viewer: legs,
    dead: node,
  });
  fc.assert(
    fc.property(houses, ({ seats, viewer, dead }) => {
      const before = streamsOf({ seats });
      const after = streamsOf({ seats }, dead);
      const survives: Leg = viewer.a === dead ? 'b' : 'a';
      const prepared = plan(
        before,
        { node: viewer[survives], standby: survives === 'b' },
        { activeNode: viewer.a },
      );
      const receiving = byKey(prepared.receive);
      const needed = plan(
        after,
        { node: viewer[survives], standby: false, receiving },
        { activeNode: viewer[survives], prepare: false },
      );
      const flows = flowing(needed.receive);
      for (const key of flows) expect([...receiving.keys()]).toContain(key);
      // Every seat's every source flows, once.
      expect(flows.map((key) => key.replace(/:[ab]\//, '/')).sort()).toEqual(
        wantsAll.receive.map(({ seat, source }) => `${seat}/${source}`).sort(),
      );
      for (const { at } of needed.receive) expect(at).not.toBe(dead);
    }),
  );
});

test('a leg that stands by opens nothing and lets nothing flow', () => {
  const streams = streamsOf({
    seats: {
      chair: { a: 'n1', b: 'n2' },
      speaker: { a: 'n2', b: 'n1' },
      cue: { a: 'n1', b: 'n2' },
    },
  });
  const { open, receive, standby } = plan(
    streams,
    { node: 'n2', standby: true },
    { activeNode: 'n1' },
  );
  expect({ open, standby, flowing: flowing(receive) }).toEqual({
    open: [],
    standby: true,
    flowing: [],
  });
  // With the viewer's node n1 go those who send from there: their other legs are held instead.
  expect([...byKey(receive).keys()].filter((key) => key.endsWith('camera'))).toEqual([
    'chair:b/camera',
    'speaker:a/camera',
    'cue:b/camera',
  ]);
});

test('at a change nothing is taken away and nothing prepared; what is new flows at once', () => {
  const streams = streamsOf({
    seats: { speaker: { a: 'n1', b: 'n2' }, cue: { a: 'n2', b: 'n1' } },
  });
  const want = (seat: string, source: MediaSource) => ({
    seat,
    source,
    layer: 'high' as const,
    hold: false,
  });
  const first: Routing = { open: [], receive: [want('speaker', 'camera')] };
  const next: Routing = { open: [], receive: [want('cue', 'camera')] };
  const leg = { node: 'n1', standby: false };
  const receiving = byKey(plan(streams, leg, { activeNode: 'n1', routing: first }).receive);
  const at = { activeNode: 'n1', routing: next };
  const hurried = plan(streams, { ...leg, receiving }, { ...at, prepare: false });
  expect([...byKey(hurried.receive)].map(([key, { hold }]) => [key, hold])).toEqual([
    ['cue:a/camera', false],
    ['speaker:a/camera', true],
  ]);
  const settled = plan(streams, { ...leg, receiving: byKey(hurried.receive) }, at);
  expect([...byKey(settled.receive)].map(([key, { hold }]) => [key, hold])).toEqual([
    ['cue:a/camera', false],
    ['cue:b/camera', true],
  ]);
});

test('a sender that changes legs is received on both until the new one has arrived', () => {
  const house = { seats: { speaker: { a: 'n1', b: 'n2' } } };
  const leg = { node: 'n1', standby: false };
  const routing: Routing = {
    open: [],
    receive: [{ seat: 'speaker', source: 'camera', layer: 'high', hold: false }],
  };
  const streams = streamsOf(house);
  const at = { activeNode: 'n1', routing };
  const receiving = byKey(plan(streams, leg, at).receive);
  const move = (of: Leg, standby: boolean) =>
    streams.add(
      space,
      { endpoint: legEndpoint('speaker', of), source: 'camera' },
      { node: house.seats.speaker[of], standby },
    );
  move('b', false);
  move('a', true);
  expect(streams.whereIs(space, 'speaker', 'camera')?.active).toEqual({ leg: 'b', node: 'n2' });
  const hurried = plan(streams, { ...leg, receiving }, { ...at, prepare: false });
  expect(flowing(hurried.receive).sort()).toEqual(['speaker:a/camera', 'speaker:b/camera']);
  const settled = plan(streams, { ...leg, receiving: byKey(hurried.receive) }, at);
  expect(flowing(settled.receive)).toEqual(['speaker:b/camera']);
});

test('a leg that is left goes on as it is, but opens only what the floor allows now', () => {
  const streams = streamsOf({ seats: { speaker: { a: 'n1', b: 'n2' } } });
  const leg = { node: 'n1', standby: false };
  const routing: Routing = {
    open: ['camera', 'microphone'],
    receive: [{ seat: 'speaker', source: 'camera', layer: 'high', hold: false }],
  };
  const receiving = byKey(plan(streams, leg, { activeNode: 'n1', routing }).receive);
  const left = { ...leg, standby: true, leaving: true, receiving };
  const shut = { open: ['camera' as const], receive: [] };
  const leaving = plan(streams, left, { activeNode: 'n2', routing: shut, prepare: false });
  expect(leaving).toMatchObject({ standby: true, open: ['camera'] });
  expect(flowing(leaving.receive)).toEqual(['speaker:a/camera']);
});

test('of two active legs the newest word counts; of two that stand by, the one that is there', () => {
  const streams = new Streams();
  const say = (leg: Leg, standby: boolean) =>
    streams.add(
      space,
      { endpoint: legEndpoint('s', leg), source: 'camera' },
      { node: leg === 'a' ? 'n1' : 'n2', standby },
    );
  const active = () => streams.whereIs(space, 's', 'camera')?.active.leg;
  expect(active()).toBeUndefined();
  say('b', true);
  expect(active()).toBe('b');
  say('a', false);
  expect(active()).toBe('a');
  say('b', false);
  expect(active()).toBe('b');
  streams.expect(space, legEndpoint('s', 'a'), false);
  streams.expect(space, legEndpoint('s', 'b'), true);
  expect(active()).toBe('a');
  streams.expect(space, legEndpoint('s', 'b'), false);
  expect(active()).toBe('b');
  streams.removeNode('n2');
  expect(active()).toBe('a');
  streams.expect(space, legEndpoint('s', 'b'), false);
  expect(active()).toBe('a');
  expect(otherLeg('a')).toBe('b');
});
