import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandFor } from '../../sfu/media/demand.ts';
import { highest, planDiff, spatialLayer, wishes } from '../../sfu/media/planDiff.ts';
import type { Layer } from '../../sfu/protocol/media.ts';

const layers: readonly Layer[] = ['low', 'medium', 'high'];
const receivers = fc
  .array(fc.tuple(fc.nat(12), fc.constantFrom(...layers)))
  .map((entries) => new Map(entries));

describe('planDiff', () => {
  it('carried out, makes what is held what is wanted, and touches nothing else', () => {
    fc.assert(
      fc.property(receivers, receivers, (wanted, held) => {
        const diff = planDiff(wanted, held);
        const now = new Map(held);
        for (const endpoint of diff.close) expect(now.delete(endpoint)).toBe(true);
        for (const [endpoint, layer] of diff.open) {
          expect(now.has(endpoint)).toBe(false);
          now.set(endpoint, layer);
        }
        for (const [endpoint, layer] of diff.relayer) {
          expect(now.get(endpoint)).not.toBe(layer);
          now.set(endpoint, layer);
        }
        expect([...now].sort()).toEqual([...wanted].sort());
      }),
    );
  });

  it('of what is as it should be makes nothing', () => {
    const same = new Map<string, Layer>([['a', 'low']]);
    expect(planDiff(same, new Map(same))).toEqual({ open: [], close: [], relayer: [] });
  });
});

describe('wishes', () => {
  const stream = { endpoint: 'p1', source: 'camera' } as const;

  it('takes the higher layer of a stream that is named twice', () => {
    const plan = {
      receive: [
        { stream, layer: 'high' as const },
        { stream, layer: 'low' as const },
      ],
    };
    expect([...wishes(plan).values()]).toEqual([{ stream, layer: 'high' }]);
    expect(wishes({ receive: [...plan.receive].reverse() }).get('p1/camera')?.layer).toBe('high');
  });

  it('tells sources of one endpoint apart', () => {
    const sound = { endpoint: 'p1', source: 'microphone' } as const;
    const plan = {
      receive: [
        { stream, layer: 'low' as const },
        { stream: sound, layer: 'high' as const },
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
