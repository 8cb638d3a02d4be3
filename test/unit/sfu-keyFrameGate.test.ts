import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { gateTimes, KeyFrameGate } from '../../sfu/media/keyFrameGate.ts';
import { FakeClock } from '../support/sfuClock.ts';

let clock: FakeClock;
let waves: { readonly at: number; readonly tickets: readonly string[] }[];
let gate: KeyFrameGate;

beforeEach(() => {
  clock = new FakeClock();
  waves = [];
  gate = new KeyFrameGate({
    clock,
    onWave: (tickets) => {
      waves.push({ at: clock.now(), tickets: [...tickets] });
    },
  });
});

const tickets = () => waves.map((wave) => wave.tickets);

describe('gathering', () => {
  it('starts one that nobody else belongs to at once', () => {
    gate.expect('a');
    clock.pass(80);
    gate.ready('a');
    clock.pass(0);
    expect(waves).toEqual([{ at: 80, tickets: ['a'] }]);
  });

  it('starts all together when the last of the cohort is ready', () => {
    for (const t of ['a', 'b', 'c']) gate.expect(t);
    clock.pass(50);
    gate.ready('a');
    clock.pass(40);
    gate.ready('b');
    expect(waves).toEqual([]);
    clock.pass(20);
    gate.ready('c');
    clock.pass(0);
    expect(waves).toEqual([{ at: 110, tickets: ['a', 'b', 'c'] }]);
  });

  it('waits for a slow one no longer than the window', () => {
    gate.expect('a');
    gate.expect('slow');
    clock.pass(50);
    gate.ready('a');
    clock.pass(gateTimes.gather - 1);
    expect(waves).toEqual([]);
    clock.pass(1);
    expect(waves).toEqual([{ at: 50 + gateTimes.gather, tickets: ['a'] }]);
  });

  it('does not make seventy wait for three', () => {
    const all = Array.from({ length: 71 }, (_, i) => String(i));
    for (const t of all) gate.expect(t);
    clock.pass(50);
    for (const t of all.slice(4)) gate.ready(t);
    clock.pass(0);
    expect(waves).toEqual([]);
    gate.ready('3');
    clock.pass(0);
    expect(waves.map((wave) => wave.tickets.length)).toEqual([68]);
  });

  it('does not wait for one that has gone', () => {
    gate.expect('a');
    gate.expect('gone');
    gate.ready('a');
    clock.pass(10);
    gate.forget('gone');
    clock.pass(0);
    expect(waves).toEqual([{ at: 10, tickets: ['a'] }]);
  });

  it('does not make those who were prepared long ago wait for a newcomer', () => {
    for (const t of ['a', 'b']) gate.expect(t);
    clock.pass(5000);
    gate.expect('newcomer');
    gate.ready('a');
    gate.ready('b');
    clock.pass(0);
    expect(tickets()).toEqual([['a', 'b']]);
  });

  it('does not wait for a browser that never answered', () => {
    gate.expect('dead');
    gate.expect('a');
    clock.pass(gateTimes.patience);
    gate.ready('a');
    clock.pass(0);
    expect(tickets()).toEqual([['a']]);
  });

  it('makes a change of layer wait for nobody', () => {
    gate.expect('a');
    gate.ready('b:layer');
    clock.pass(0);
    expect(tickets()).toEqual([['b:layer']]);
  });

  it('does not start one that has gone while it waited', () => {
    gate.requested();
    gate.keyFrame();
    gate.ready('a');
    gate.forget('a');
    clock.pass(1000);
    expect(waves).toEqual([]);
    expect(clock.idle).toBe(true);
  });
});

describe('distance between requests', () => {
  it('holds a start back until a browser takes the next request', () => {
    gate.requested();
    clock.pass(60);
    gate.keyFrame();
    clock.pass(40);
    gate.ready('late');
    clock.pass(gateTimes.spacing - 101);
    expect(waves).toEqual([]);
    clock.pass(1);
    expect(waves).toEqual([{ at: gateTimes.spacing, tickets: ['late'] }]);
  });

  it('lets one start on the key frame that is on its way', () => {
    gate.requested();
    clock.pass(30);
    gate.ready('in time');
    clock.pass(0);
    expect(waves).toEqual([{ at: 30, tickets: ['in time'] }]);
  });

  it('does not believe for ever in a key frame that does not come', () => {
    gate.requested();
    clock.pass(gateTimes.flight);
    gate.ready('late');
    clock.pass(0);
    expect(waves).toEqual([]);
    clock.pass(gateTimes.spacing - gateTimes.flight);
    expect(tickets()).toEqual([['late']]);
  });

  it('takes its own wave for a request until that is seen', () => {
    gate.ready('a');
    clock.pass(0);
    gate.ready('b');
    clock.pass(gateTimes.guard - 1);
    expect(tickets()).toEqual([['a']]);
    clock.pass(1);
    expect(tickets()).toEqual([['a'], ['b']]);
  });

  it('counts requests that others caused', () => {
    gate.expect('a');
    gate.requested();
    gate.keyFrame();
    clock.pass(200);
    gate.requested();
    gate.keyFrame();
    gate.ready('a');
    clock.pass(gateTimes.spacing - 1);
    expect(waves).toEqual([]);
    clock.pass(1);
    expect(tickets()).toEqual([['a']]);
  });
});

describe('a wave that takes a while', () => {
  it('is over before the next begins', async () => {
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    let over = () => {};
    const started: (readonly [readonly string[], boolean])[] = [];
    const slow = new KeyFrameGate({
      clock,
      onWave: (wave, inFlight) => {
        started.push([[...wave], inFlight]);
        return new Promise((resolve) => {
          over = resolve;
        });
      },
    });
    slow.ready('a');
    clock.pass(0);
    slow.ready('b');
    clock.pass(500);
    expect(started).toEqual([[['a'], false]]);
    slow.requested();
    over();
    await turn();
    clock.pass(0);
    // The request of the first wave is out, so the second starts on its key frame.
    expect(started.slice(1)).toEqual([[['b'], true]]);
  });
});

it('starts nothing after it was closed', () => {
  gate.expect('a');
  gate.expect('b');
  gate.ready('a');
  gate.close();
  clock.pass(1000);
  expect(waves).toEqual([]);
});

describe('whatever happens', () => {
  type Step =
    | { readonly do: 'expect' | 'ready' | 'forget'; readonly ticket: number }
    | { readonly do: 'pass'; readonly ms: number };

  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      do: fc.constantFrom('expect' as const, 'ready' as const, 'forget' as const),
      ticket: fc.nat(9),
    }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.nat(400) }),
  );

  /** A source that answers every wave with a request at once and a key frame 50 ms later. */
  function run(steps: readonly Step[]) {
    const time = new FakeClock();
    const requests: number[] = [];
    const readyAt = new Map<string, number>();
    const started: { readonly ticket: string; readonly waited: number }[] = [];
    let keyFrameAt = -1;
    const subject = new KeyFrameGate({
      clock: time,
      onWave: (wave) => {
        for (const ticket of wave) {
          started.push({ ticket, waited: time.now() - (readyAt.get(ticket) ?? 0) });
          readyAt.delete(ticket);
        }
        if (keyFrameAt > time.now()) return;
        requests.push(time.now());
        keyFrameAt = time.now() + 50;
        subject.requested();
        time.after(50, () => subject.keyFrame());
      },
    });
    for (const s of steps) {
      if (s.do === 'pass') time.pass(s.ms);
      else if (s.do === 'expect') subject.expect(String(s.ticket));
      else if (s.do === 'ready') {
        const ticket = String(s.ticket);
        if (!readyAt.has(ticket)) readyAt.set(ticket, time.now());
        subject.ready(ticket);
      } else {
        readyAt.delete(String(s.ticket));
        subject.forget(String(s.ticket));
      }
    }
    time.pass(2000);
    return { requests, started, left: readyAt, time };
  }

  it('asks a source at most once per spacing, and starts everybody soon', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { requests, started, left, time } = run(steps);
        for (const [i, at] of requests.entries()) {
          if (i > 0) expect(at - (requests[i - 1] ?? 0)).toBeGreaterThanOrEqual(gateTimes.spacing);
        }
        expect(left.size).toBe(0);
        const most = gateTimes.spacing + gateTimes.gather;
        for (const { waited } of started) expect(waited).toBeLessThanOrEqual(most);
        expect(time.idle).toBe(true);
      }),
    );
  });
});

describe('a source that sleeps', () => {
  beforeEach(() => gate.sleep());

  it('makes nobody wait, neither for the others nor for the last request', () => {
    for (const t of ['a', 'slow']) gate.expect(t);
    gate.requested();
    clock.pass(gateTimes.flight + 10);
    gate.ready('a');
    clock.pass(0);
    expect(tickets()).toEqual([['a']]);
  });

  it('is not asked for a second key frame before it has given its first', () => {
    gate.ready('a');
    clock.pass(350);
    gate.again('a');
    clock.pass(10_000);
    expect(tickets()).toEqual([['a']]);
    gate.keyFrame();
    gate.forget('a');
    clock.pass(10_000);
    expect(tickets()).toEqual([['a']]);
    expect(clock.idle).toBe(true);
  });

  it('is asked, once it is awake, by those who missed its first', () => {
    for (const t of ['a', 'b']) gate.again(t);
    gate.keyFrame();
    clock.pass(gateTimes.arrival - 1);
    gate.forget('a');
    expect(tickets()).toEqual([]);
    clock.pass(1);
    expect(tickets()).toEqual([['b']]);
  });

  it('is asked again when a request has left and no key frame came', () => {
    gate.again('early');
    gate.requested();
    gate.again('late');
    clock.pass(0);
    expect(tickets().flat().sort()).toEqual(['early', 'late']);
  });

  it('is like any other when its key frame has come', () => {
    gate.requested();
    gate.keyFrame();
    gate.ready('a');
    clock.pass(gateTimes.spacing - 1);
    expect(tickets()).toEqual([]);
    clock.pass(1);
    expect(tickets()).toEqual([['a']]);
  });

  it('starts nothing after the gate was closed', () => {
    gate.again('a');
    gate.keyFrame();
    gate.close();
    clock.pass(1000);
    expect(waves).toEqual([]);
    expect(clock.idle).toBe(true);
  });
});
