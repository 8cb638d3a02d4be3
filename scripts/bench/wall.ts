import { readdir, readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, newPage } from '../rehearse/browser.ts';
import { measureUsage, type Usage } from '../rehearse/processes.ts';
import { type Bench, figure, optionOf, pause, rounded } from './figures.ts';
import { openSystem } from './system.ts';
import { sendAll } from './wallSenders.ts';

/** What the product's lowest camera layer is at its least: a quarter of 640 by 360. */
const lowest = { width: 160, height: 90 };
/** A wall whose tiles are not all there by then is at fault, in milliseconds. */
const giveUpAfter = 120_000;
/** Estimates of the line and first key frames are over by then, in milliseconds. */
const settleMs = 5_000;

/**
 * How many frames a second one wall tab decodes of each of 71 sites, and what that costs. All sites
 * really send through the media nodes, from one page by the kiosk's own code; that page shares the
 * machine with the wall, and its share is measured apart.
 */
export const wall: Bench = async (context) => {
  const { options, note } = context;
  const seconds = Number(optionOf(options, 'seconds') ?? 20);
  const frameRate = Number(optionOf(options, 'fps') ?? 12);
  const system = await openSystem(context);
  const points = system.points.points.slice(0, Number(optionOf(options, 'sites') ?? 71));
  const senders = await ownBrowser(context.cleanUp);
  const passes = await Promise.all(points.map((p) => system.pass('point', p.id)));
  note(`${passes.length} sites begin …`);
  await sendAll({
    browser: senders.browser,
    base: system.urls[0] ?? '',
    root: context.root,
    passes,
    picture: { ...lowest, frameRate },
  });
  note('all have a way to a media node; the wall opens …');
  const viewer = await ownBrowser(context.cleanUp);
  const page = await newPage(viewer.browser, { viewport: { width: 1920, height: 1080 } });
  const opened = performance.now();
  await page.goto(await system.link('wall'));
  await page.waitForFunction(allPictured, passes.length, { timeout: giveUpAfter });
  const filled = (performance.now() - opened) / 1_000;
  note(`every tile has a picture after ${filled.toFixed(1)} s; measuring for ${seconds} s …`);
  await pause(settleMs);
  const [usedByWall, usedBySenders, usedByRest] = await Promise.all([
    measureUsage([viewer.pid]),
    measureUsage([senders.pid]),
    measureUsage([process.pid]),
  ]);
  const begin = await tileCounts(page);
  await pause(seconds * 1_000);
  const end = await tileCounts(page);
  const [ofWall, ofSenders, ofAll] = await Promise.all([
    usedByWall(),
    usedBySenders(),
    usedByRest(),
  ]);
  const rates = begin.map((b, i) => perSecond(b, end[i]));
  const decoded = rates.map((r) => r.decoded);
  const cores = (usage: Usage | undefined) => rounded(usage?.cores ?? 0);
  const shown = figure(
    'shown',
    'frames/s',
    rates.map((r) => r.shown),
  );
  note(`least ${shown.min}, median ${shown.p50} frames/s shown`);
  return {
    results: [figure('decoded', 'frames/s', decoded), shown, figure('filled', 's', [filled])],
    ratios: {
      sites: passes.length,
      sentFrameRate: frameRate,
      decodedP5: percentile(decoded, 0.05),
      shownP5: percentile(
        rates.map((r) => r.shown),
        0.05,
      ),
      dropped: rounded(rates.reduce((sum, r) => sum + r.dropped, 0) / rates.length),
      tilesAtTen: decoded.filter((r) => r >= 10).length,
      wallCores: cores(ofWall.browser),
      wallMiB: Math.round(ofWall.browser?.memory ?? 0),
      senderCores: cores(ofSenders.browser),
      workerCores: cores(ofAll.worker),
      nodeCores: cores(ofAll.node),
      serverCores: cores(ofAll.server),
    },
  };
};

const percentile = (values: readonly number[], part: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return rounded(sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0);
};

interface TileCount {
  /** Pictures that came out of the decoder, and those of them that were never painted. */
  readonly decoded: number;
  readonly dropped: number;
  /** Milliseconds of the page's clock. */
  readonly at: number;
}

const tileCounts = (page: Page): Promise<TileCount[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLVideoElement>('.tile video[data-stream]')].map((video) => {
      const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
      return { decoded: totalVideoFrames, dropped: droppedVideoFrames, at: performance.now() };
    }),
  );

function perSecond(begin: TileCount, end: TileCount | undefined) {
  if (!end) throw new Error('a tile has lost its picture');
  const seconds = (end.at - begin.at) / 1_000;
  const decoded = (end.decoded - begin.decoded) / seconds;
  const dropped = (end.dropped - begin.dropped) / seconds;
  return { decoded, dropped, shown: decoded - dropped };
}

/** Runs in the page. */
const allPictured = (sites: number): boolean => {
  const moving = [
    ...document.querySelectorAll<HTMLVideoElement>('.tile video[data-stream]'),
  ].filter((video) => video.getVideoPlaybackQuality().totalVideoFrames > 0);
  return moving.length >= sites && document.querySelectorAll('.tile .why').length === 71 - sites;
};

/** A browser whose processes can be told from another's. */
async function ownBrowser(
  cleanUp: (end: () => Promise<unknown>) => void,
): Promise<{ browser: Browser; pid: number }> {
  const before = new Set(await browserPids());
  const browser = await launchBrowser();
  cleanUp(() => browser.close());
  const pid = (await browserPids()).find((p) => !before.has(p));
  if (pid === undefined) throw new Error('the browser has no process');
  return { browser, pid };
}

/** Browsers that this process has started. */
async function browserPids(): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const ours = await Promise.all(
    pids.map(async (pid) => {
      const [stat = '', command = ''] = await Promise.all(
        ['stat', 'cmdline'].map((f) => readFile(`/proc/${pid}/${f}`, 'utf8').catch(() => '')),
      );
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return parent === process.pid && /chrom(e|ium)/.test(command) ? [pid] : [];
    }),
  );
  return ours.flat();
}
