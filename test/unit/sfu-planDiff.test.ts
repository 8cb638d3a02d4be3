import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandFor } from '../../sfu/media/demand.ts';
import {
  highest,
  type Need,
  planDiff,
  spatialLayer,
  wantedNow,
  wishes,
} from '../../sfu/media/planDiff.ts';
import type { Layer } from '../../sfu/protocol/media.ts';

const layers: readonly Layer[] = ['low', 'medium', 'high'];
const receivers = fc
  .array(
    fc.tuple(
      fc.nat(12),
      fc.tuple(fc.constantFrom(...layers), fc.boolean()).map(([layer, hold]): Need => {
        return { layer, hold };
      }),
    ),
  )
  .map((entries) => new Map(entries));

describe('planDiff', () => {
  it('carried out, makes what is there what is wanted, and touches nothing else', () => {
    fc.assert(
      fc.property(receivers, receivers, (wanted, present) => {
        const diff = planDiff(wanted, present);
        const now = new Map(present);
        for (const endpoint of diff.close) expect(now.delete(endpoint)).toBe(true);
        for (const [endpoint, need] of diff.open) {
          expect(now.has(endpoint)).toBe(false);
          now.set(endpoint, need);
        }
        for (const [endpoint, need] of diff.change) {
          expect(now.get(endpoint)).not.toEqual(need);
          now.set(endpoint, need);
        }
        expect(now).toEqual(wanted);
      }),
    );
  });

  it('of what is as it should be makes nothing', () => {
    const same = new Map<string, Need>([['a', { layer: 'low', hold: true }]]);
    expect(planDiff(same, new Map(same))).toEqual({ open: [], close: [], change: [] });
  });
});

describe('wishes', () => {
  const stream = { endpoint: 'p1', source: 'camera' } as const;

  /** Of two wishes for one stream, whichever comes first. */
  const winner = (...two: readonly [Need, Need]) => {
    const of = (needs: readonly Need[]) => [
      ...wishes({ receive: needs.map((need) => ({ stream, ...need })) }).values(),
    ];
    expect(of(two)).toEqual(of([...two].reverse()));
    return of(two);
  };

  it('takes the higher layer of a stream that is named twice', () => {
    for (const hold of [false, true]) {
      expect(winner({ layer: 'high', hold }, { layer: 'low', hold })).toEqual([
        { stream, layer: 'high', hold },
      ]);
    }
  });

  it('lets a stream flow that is named once held and once not', () => {
    expect(winner({ layer: 'high', hold: true }, { layer: 'low', hold: false })).toEqual([
      { stream, layer: 'low', hold: false },
    ]);
  });

  it('tells sources of one endpoint apart', () => {
    const sound = { endpoint: 'p1', source: 'microphone' } as const;
    const plan = {
      receive: [
        { stream, layer: 'low' as const, hold: false },
        { stream: sound, layer: 'high' as const, hold: false },
      ],
    };
    expect([...wishes(plan).keys()]).toEqual(['p1/camera', 'p1/microphone']);
  });
});

describe('demand', () => {
  it.each([
    [[], 'off'],
    [['low'], 'low'],
    [['low', 'high', 'medium'], 'high'],
    [['medium', 'low'], 'medium'],
  ] as const)('of %j is %s', (wanted, demand) => {
    expect(highest(wanted)).toBe(demand);
    expect(demandFor('camera', wanted, false)).toBe(demand);
  });

  it('does not count what is held', () => {
    const held = { layer: 'high', hold: true } as const;
    expect(wantedNow([])).toBe('off');
    expect(wantedNow([held, held])).toBe('off');
    expect(wantedNow([held, { layer: 'low', hold: false }])).toBe('low');
  });

  it('of a microphone is all or nothing, and all while it is open', () => {
    expect(demandFor('microphone', [], false)).toBe('off');
    expect(demandFor('microphone', ['low'], false)).toBe('high');
    expect(demandFor('microphone', [], true)).toBe('high');
    expect(demandFor('camera', [], true)).toBe('off');
  });
});

describe('spatialLayer', () => {
  it.each([
    ['low', 3, 0],
    ['medium', 3, 1],
    ['high', 3, 2],
    ['high', 2, 1],
    ['medium', 1, 0],
    ['high', 0, 0],
  ] as const)('%s of %i encodings is %i', (layer, encodings, index) => {
    expect(spatialLayer(layer, encodings)).toBe(index);
  });
});
