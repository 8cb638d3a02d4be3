import { expect, test } from 'vitest';
import { OwnDelay } from '../../server/media/ownDelay.ts';
import { until } from '../support/until.ts';

test('a process knows that it stood still, and for how long', async () => {
  const own = new OwnDelay();
  try {
    // The first beat of its measure.
    await until(() => own.worstMs > 0, { what: 'a measure' });
    const began = performance.now();
    while (performance.now() - began < 250);
    await until(() => own.worstMs > 150, { what: 'the stall to be told', timeoutMs: 2_000 });
    expect(own.worstMs).toBeLessThan(performance.now() - began + 100);
  } finally {
    own.close();
  }
});
