import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { kilobytes, scriptBytes } from '../../scripts/bench/pageWeight.ts';
import { ensureClient } from '../../scripts/setupClient.ts';

const root = join(import.meta.dirname, '..', '..');

/** Kilobytes of compressed script that a page may ever load: a kiosk's line may be a poor one. */
const limits = { kiosk: 300, chair: 320, wall: 300, technician: 300 };

describe('the scripts of a built page', () => {
  beforeAll(() => ensureClient({ root, say: () => {} }));

  test.each(Object.entries(limits))('%s: at most %i kB by gzip', async (page, limit) => {
    const bytes = await scriptBytes({ root, page });
    // socket.io and mediasoup alone are more than this: less would mean that scripts were missed.
    expect(kilobytes(bytes)).toBeGreaterThan(50);
    expect(kilobytes(bytes)).toBeLessThanOrEqual(limit);
  });
});
