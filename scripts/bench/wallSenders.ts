import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { newPage } from '../rehearse/browser.ts';
import type { WallPicture, WallSites } from './wallSites.ts';

/** What the bundle leaves on its page. */
type SendersWindow = Window & { readonly wallSites?: WallSites };

interface Sending {
  readonly browser: Browser;
  /** Address of the system. */
  readonly base: string;
  readonly root: string;
  readonly passes: readonly string[];
  readonly picture: WallPicture;
}

/** A page of the system's own origin that plays all of these sites; resolves when all are there. */
export async function sendAll({ browser, base, root, passes, picture }: Sending): Promise<void> {
  const [page, content] = await Promise.all([newPage(browser), bundle(root)]);
  // Any answer of the system's own: a page made here would not be let near a local address.
  await page.goto(`${base}/healthz`);
  await page.evaluate(content);
  await page.evaluate(
    ({ of, how }) => {
      const { wallSites } = window as SendersWindow;
      if (!wallSites) throw new Error('the sites have no code');
      return wallSites.begin(of, how);
    },
    { of: passes, how: picture },
  );
}

/** The sites' code as one text. */
async function bundle(root: string): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: {
        input: join(root, 'scripts', 'bench', 'wallSites.ts'),
        output: { format: 'iife' },
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('the sites could not be built');
  return chunk.code;
}
