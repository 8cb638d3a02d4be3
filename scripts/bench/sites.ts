import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../rehearse/browser.ts';
import { type PaintedSize, paint, paintedSites } from '../rehearse/painted.ts';
import type { BenchContext } from './figures.ts';
import { keepWireTimes } from './steps.ts';
import type { BenchSystem } from './system.ts';

/** Large enough for two simulcast layers; as many frames a second as the product sends. */
const picture: PaintedSize = { width: 320, height: 180, frameRate: 25 };

export interface Site {
  readonly seat: string;
  /** Place in protocol order; what its painted picture says. */
  readonly site: number;
  readonly link: string;
  readonly page: Page;
}

export interface Cast {
  readonly browser: Browser;
  readonly chair: Site;
  /** Not opened yet. */
  readonly sites: readonly Site[];
}

/** Pages for the chair and the first `count` points, each with the painted camera; none opened. */
export async function openCast(
  context: BenchContext,
  { system, count }: { system: BenchSystem; count: number },
): Promise<Cast> {
  const browser = await launchBrowser();
  context.cleanUp(() => browser.close());
  const painted = await browser.newContext({ viewport: { width: 640, height: 360 } });
  const { chair, points } = system.points;
  await paint(painted, {
    sites: paintedSites(system.points),
    camera: picture,
    presentation: picture,
  });
  await painted.addInitScript(watchMain);
  await keepWireTimes(painted);
  const site = async (
    role: 'chair' | 'point',
    { id, protocolOrder }: typeof chair,
  ): Promise<Site> => ({
    seat: id,
    site: protocolOrder,
    link: await system.link(role, id),
    page: await painted.newPage(),
  });
  return {
    browser,
    chair: await site('chair', chair),
    sites: await Promise.all(points.slice(0, count).map((p) => site('point', p))),
  };
}

/** `window.mainPicture`: tells when whose picture was first shown large on this page. */
interface MainPicture {
  /** From now on look for this site's picture. */
  expect(site: number): void;
  /** Milliseconds since the epoch by the machine's clock; null until it is seen. */
  readonly seenAt: number | null;
}

declare global {
  interface Window {
    readonly mainPicture: MainPicture;
  }
}

/** Runs in the page, where it is sent as text. */
function watchMain(): void {
  const watched = new WeakSet<HTMLVideoElement>();
  let expected: number | null = null;
  let seenAt: number | null = null;
  const look = (video: HTMLVideoElement): void => {
    if (expected === null || seenAt !== null || video.dataset.shown !== 'main') return;
    const seen = window.painted.read(video);
    if (seen && !seen.presentation && seen.site === expected) {
      seenAt = performance.timeOrigin + performance.now();
    }
  };
  const watch = (video: HTMLVideoElement): void => {
    if (watched.has(video)) return;
    watched.add(video);
    const next = () =>
      video.requestVideoFrameCallback(() => {
        look(video);
        next();
      });
    next();
  };
  const lookAround = (): void => {
    for (const video of document.querySelectorAll('video')) {
      watch(video);
      // A standby that becomes the large picture shows its last frame before the next one comes.
      requestAnimationFrame(() => look(video));
    }
  };
  new MutationObserver(lookAround).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-shown'],
  });
  const page: MainPicture = {
    expect: (site) => {
      expected = site;
      seenAt = null;
    },
    get seenAt() {
      return seenAt;
    },
  };
  Object.defineProperty(window, 'mainPicture', { value: page });
}

/** When each of these pages first showed the expected picture large; null for none in time. */
export function seenTimes(sites: readonly Site[], withinMs: number): Promise<(number | null)[]> {
  return Promise.all(
    sites.map(({ page }) =>
      page
        .waitForFunction(() => window.mainPicture.seenAt !== null, null, { timeout: withinMs })
        .then(() => page.evaluate(() => window.mainPicture.seenAt))
        .catch(() => null),
    ),
  );
}

export const expectAt = (sites: readonly Site[], site: number): Promise<unknown> =>
  Promise.all(sites.map(({ page }) => page.evaluate((s) => window.mainPicture.expect(s), site)));

/** Milliseconds since the epoch, as the pages of this machine count them. */
export const wallClock = (): number => performance.timeOrigin + performance.now();
