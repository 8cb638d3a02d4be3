import type { BrowserContext, Frame, Page } from 'playwright-core';
import { launchBrowser, newPage } from '../rehearse/browser.ts';
import { House } from '../rehearse/house.ts';
import { type PaintedSize, paint, paintedSites } from '../rehearse/painted.ts';
import type { BenchContext } from './figures.ts';
import { keepWireTimes } from './steps.ts';
import type { BenchSystem } from './system.ts';

/** Large enough for two simulcast layers, small enough that two cores draw eleven of them. */
const picture: PaintedSize = { width: 320, height: 180, frameRate: 15 };
/** Eight sites in two documents are two processes, each with a core to itself at best. */
const sitesInAHouse = 4;

export interface Site {
  readonly seat: string;
  /** Place in protocol order; what its painted picture says. */
  readonly site: number;
  readonly link: string;
  readonly page: Page | Frame;
}

export interface Cast {
  readonly chair: Site;
  /** Opened as empty documents. */
  readonly sites: readonly Site[];
  /** One more point, in a page of its own. */
  readonly extra: Site;
}

interface CastWishes {
  readonly system: BenchSystem;
  readonly sites: number;
  /** Whose microphones give tones instead of silence: a page of one's own may be all that speaks. */
  readonly tones?: 'all' | 'ownPage';
}

/** Pages for the chair and the first points, each with the painted camera; no surface opened yet. */
export async function openCast(context: BenchContext, wishes: CastWishes): Promise<Cast> {
  const { system } = wishes;
  const browser = await launchBrowser();
  context.cleanUp(() => browser.close());
  const { chair, points } = system.points;
  const sites = paintedSites(system.points);
  const prepared = (silent: boolean) => async (page: BrowserContext) => {
    await paint(page, { sites, camera: picture, presentation: picture, silent, apart: true });
    await page.addInitScript(watchMain);
    await keepWireTimes(page);
  };
  const alone = async (role: 'chair' | 'point', point: typeof chair): Promise<Site> => ({
    seat: point.id,
    site: point.protocolOrder,
    link: await system.link(role, point.id),
    page: await newPage(browser, {
      viewport: { width: 640, height: 360 },
      trusting: true,
      prepare: prepared(!wishes.tones),
    }),
  });
  const base = system.urls[0] ?? '';
  const houses: House[] = [];
  const housed = async (point: typeof chair, i: number): Promise<Site> => {
    if (i % sitesInAHouse === 0) {
      const prepare = prepared(wishes.tones !== 'all');
      houses.push(await House.create({ browser, base, trusting: true, prepare }));
    }
    const house = houses.at(-1);
    if (!house) throw new Error('no house');
    return {
      seat: point.id,
      site: point.protocolOrder,
      link: await system.link('point', point.id),
      page: await house.add(point.id, 'about:blank'),
    };
  };
  const inHouses: Site[] = [];
  for (const [i, point] of points.slice(0, wishes.sites).entries()) {
    inHouses.push(await housed(point, i));
  }
  const another = points[wishes.sites];
  if (!another) throw new Error('the briefing has too few points');
  return {
    chair: await alone('chair', chair),
    sites: inHouses,
    extra: await alone('point', another),
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
        .waitForFunction(() => window.mainPicture.seenAt !== null, null, {
          timeout: withinMs,
        })
        .then(() => page.evaluate(() => window.mainPicture.seenAt))
        .catch(() => null),
    ),
  );
}

export const expectAt = (sites: readonly Site[], site: number): Promise<unknown> =>
  Promise.all(sites.map(({ page }) => page.evaluate((s) => window.mainPicture.expect(s), site)));

/** Milliseconds since the epoch, as the pages of this machine count them. */
export const wallClock = (): number => performance.timeOrigin + performance.now();
