import { describe, expect, it } from 'vitest';
import { untilQuiet } from '../../scripts/soak/quiet.ts';

/** A clock that only waiting moves, and counts that follow it. */
function played(at: (seconds: number) => number | 'away', before?: number) {
  let time = 0;
  return untilQuiet({
    look: async () => {
      const value = at(time / 1000);
      if (value === 'away') throw new Error('no process');
      return { 'sfu-1.transports': value, 'sfu-1.heapUsedBytes': Math.random() };
    },
    before: before === undefined ? undefined : { 'sfu-1.transports': before },
    pause: async (ms) => {
      time += ms;
    },
    now: () => time,
  });
}

describe('untilQuiet', () => {
  it('waits out a plateau that is shorter than the product’s own deadlines', async () => {
    const took = await played((s) => (s < 10 ? 50 : s < 30 ? 20 : 0));
    expect(took).toBe(70_000);
  });

  it('is quick where all is as it was after the warm-up', async () => {
    expect(await played((s) => (s < 20 ? 50 : 0), 0)).toBe(25_000);
  });

  it('is not quick where something is left', async () => {
    expect(await played((s) => (s < 20 ? 50 : 1), 0)).toBe(60_000);
  });

  it('begins anew when a process is being started again', async () => {
    expect(await played((s) => (s > 10 && s < 15 ? 'away' : 0), 0)).toBeLessThan(10_000);
    expect(await played((s) => (s < 12 ? 'away' : 0), 0)).toBe(17_000);
  });

  it('comes to an end where counts never do', async () => {
    expect(await played((s) => 1_000_000 - s)).toBe(240_000);
  });
});
