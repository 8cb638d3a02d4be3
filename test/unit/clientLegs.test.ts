import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, choose, type Route } from '../../client/media/choose.ts';
import { Demands } from '../../client/media/demands.ts';
import {
  anew,
  type Cut,
  cutAt,
  cutPatience,
  mendStep,
  mendWithin,
  tried,
} from '../../client/media/mending.ts';
import type { StreamKey } from '../../client/media/streamKey.ts';

describe('choose', () => {
  const candidate = (
    track: string,
    on: Candidate['on'],
    from: Candidate['from'],
    key: StreamKey = 'x/camera',
  ) => ({ key, on, from, track });
  const route: Route = { active: 'a', sources: { x: 'b' } };
  const chosen = (
    candidates: readonly Candidate[],
    of: Route = route,
    present: ReadonlyMap<StreamKey, Candidate> = new Map(),
  ) => choose(candidates, of, present).get('x/camera')?.track;

  const all = [
    candidate('a from a', 'a', 'a'),
    candidate('a from b', 'a', 'b'),
    candidate('b from a', 'b', 'a'),
    candidate('b from b', 'b', 'b'),
  ];

  it.each(['a', 'b'] as const)('shows what flows on the active leg %s, whoever sends', (active) => {
    for (const source of ['a', 'b'] as const) {
      const told = { active, sources: { x: source } };
      expect(chosen(all, told)).toBe(`${active} from ${source}`);
      expect(chosen(all.toReversed(), told)).toBe(`${active} from ${source}`);
    }
  });

  it('takes the new one at once when the route changes, whatever was there before', () => {
    const present = choose(all, route, new Map());
    expect(present.get('x/camera')?.track).toBe('a from b');
    expect(chosen(all, { active: 'b', sources: { x: 'a' } }, present)).toBe('b from a');
  });

  it('keeps the present one while the one on the route is not there', () => {
    const [first, , third, fourth] = all as [Candidate, Candidate, Candidate, Candidate];
    const present = new Map([[fourth.key, fourth]]);
    expect(chosen([first, third, fourth], route, present)).toBe('b from b');
    // Even when its own leg has been retired meanwhile.
    const retired = { ...fourth, on: null };
    expect(chosen([retired, first, third], route, present)).toBe('b from b');
    expect(chosen([retired, ...all.slice(0, 3)], route, present)).toBe('a from b');
  });

  it('shows what there is when neither the one on the route nor a present one is there', () => {
    const [first, , third] = all as [Candidate, Candidate, Candidate];
    const former = candidate('former', null, 'b');
    expect(chosen([former, third, first])).toBe('a from a');
    expect(chosen([former, third])).toBe('b from a');
    expect(chosen([former])).toBe('former');
    expect(chosen([])).toBeUndefined();
    // Before the server has told any route.
    expect(chosen([third], { active: null, sources: {} })).toBe('b from a');
    expect(chosen([third], { active: 'a', sources: {} })).toBe('b from a');
  });

  it('takes the newest of the same stream', () => {
    const again = candidate('a from b, anew', 'a', 'b');
    const present = choose(all, route, new Map());
    expect(chosen([...all, again], route, present)).toBe('a from b, anew');
  });

  it('has one for each stream that can be had, and always the one on the route if there is one', () => {
    const legs = fc.constantFrom('a' as const, 'b' as const);
    const any = fc.record({
      key: fc.constantFrom<StreamKey>('x/camera', 'x/microphone', 'y/camera'),
      on: fc.option(legs, { nil: null }),
      from: fc.option(legs, { nil: undefined }),
      track: fc.uuid(),
    });
    const told = fc.record({
      active: legs,
      sources: fc.dictionary(fc.constantFrom('x', 'y'), legs),
    });
    fc.assert(
      fc.property(fc.array(any), fc.array(any), told, (candidates, before, of) => {
        const present = choose(before, of, new Map());
        const result = choose([...candidates, ...before.slice(0, 2)], of, present);
        const offered = [...candidates, ...before.slice(0, 2)];
        expect(new Set(result.keys())).toEqual(new Set(offered.map((c) => c.key)));
        for (const { key, on, from } of offered) {
          const seat = key[0] ?? '';
          if (on !== of.active || from !== of.sources[seat]) continue;
          expect(result.get(key)).toMatchObject({ on, from });
        }
      }),
    );
  });
});

describe('Demands', () => {
  const sorted = (demands: Demands, leg: 'a' | 'b') =>
    Object.fromEntries(demands.on(leg).map(({ source, demand }) => [source, demand]));
  const moved = (): Demands => {
    const demands = new Demands();
    demands.tell('a', [
      { source: 'camera', demand: 'high' },
      { source: 'microphone', demand: 'high' },
      { source: 'presentation', demand: 'off' },
    ]);
    demands.tell('b', [{ source: 'camera', demand: 'off' }]);
    demands.lend('a', 'b');
    return demands;
  };

  it('lends the new active leg what was wanted on the former one, and nothing else', () => {
    const demands = moved();
    expect(sorted(demands, 'b')).toEqual({ camera: 'high', microphone: 'high' });
    expect(sorted(demands, 'a')).toMatchObject({ camera: 'high', microphone: 'high' });
  });

  it("lets the server's own word for the new leg count, whenever it comes", () => {
    const demands = moved();
    demands.tell('b', [{ source: 'camera', demand: 'low' }]);
    expect(sorted(demands, 'b')).toEqual({ camera: 'low', microphone: 'high' });
    const early = new Demands();
    early.tell('a', [{ source: 'camera', demand: 'high' }]);
    early.tell('b', [{ source: 'camera', demand: 'low' }]);
    early.lend('a', 'b');
    expect(sorted(early, 'b')).toEqual({ camera: 'low' });
  });

  it('shuts what nobody confirmed, the microphone first of all', () => {
    const demands = moved();
    demands.tell('b', [{ source: 'camera', demand: 'medium' }]);
    expect(demands.callIn('b')).toBe(true);
    expect(sorted(demands, 'b')).toEqual({ camera: 'medium', microphone: 'off' });
    expect(demands.callIn('b')).toBe(false);
  });

  it('passes a loan on when the active leg changes once more', () => {
    const demands = moved();
    demands.forget('a');
    demands.lend('b', 'a');
    expect(sorted(demands, 'a')).toEqual({ camera: 'high', microphone: 'high' });
  });

  it('wants nothing on a leg that was made anew', () => {
    const demands = moved();
    demands.forget('b');
    expect(demands.on('b')).toEqual([]);
  });
});

describe('mending a path', () => {
  it('gives a short interruption a moment, and one that the browser gave up none', () => {
    expect(mendStep(cutAt(500, 'disconnected'), 500)).toEqual({ do: 'wait', ms: cutPatience });
    expect(mendStep(cutAt(500, 'disconnected'), 500 + cutPatience)).toEqual({ do: 'restart' });
    expect(mendStep(cutAt(500, 'failed'), 500)).toEqual({ do: 'restart' });
  });

  it('tries everything from the start once there is a line or a network again', () => {
    const tired: Cut = { due: 99_000, tries: 7, since: 1_000 };
    expect(mendStep(tired, 60_000)).toEqual({ do: 'giveUp' });
    expect(mendStep(anew(60_000), 60_000)).toEqual({ do: 'restart' });
  });

  it('restarts more than once, ever more slowly, and then gives up: no sooner and no later', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(random, { minLength: 8 }), (start, randoms) => {
        let now = start;
        let cut = cutAt(now, 'failed');
        const restarts: number[] = [];
        for (;;) {
          const step = mendStep(cut, now);
          if (step.do === 'giveUp') break;
          if (step.do === 'wait') {
            expect(step.ms).toBeGreaterThan(0);
            now += step.ms;
          } else {
            restarts.push(now);
            cut = tried(cut, now, randoms[cut.tries] ?? 0);
          }
        }
        expect(restarts[0]).toBe(start);
        expect(now).toBe(start + mendWithin);
        expect(restarts.length).toBeGreaterThanOrEqual(3);
        expect(restarts.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});
