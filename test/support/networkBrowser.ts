import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/rehearse/browser.ts';
import type { NetworkPlace } from './networkPlace.ts';

/** A Chromium that lives in a place: it has that place's line and no other. */
export async function browserAt(place: NetworkPlace, origin: string): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-browser-'));
  const start = join(folder, 'chromium');
  const chromium = process.env.CHROMIUM_BIN || '/usr/bin/chromium';
  await writeFile(start, `#!/bin/sh\nexec ${place.prefix.join(' ')} "${chromium}" "$@"\n`);
  await chmod(start, 0o755);
  const browser = await launchBrowser({
    executablePath: start,
    // Browsers give a camera to https:// and localhost alone, and this is neither.
    flags: [`--unsafely-treat-insecure-origin-as-secure=${origin}`],
  });
  browser.once('disconnected', () => void rm(folder, { recursive: true, force: true }));
  return browser;
}
