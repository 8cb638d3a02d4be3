import type { Browser, Page } from 'playwright-core';
import { launchBrowser, newPage } from '../rehearse/browser.ts';
import { type Bench, figure, optionOf } from './figures.ts';
import { BenchPage } from './page.ts';
import { kilobytes, scriptBytes } from './pageWeight.ts';
import { type BenchSystem, openSystem } from './system.ts';

/** The button of a site that is let in, once it may be pressed. */
const usable = '[data-action="floor.request"]:not([aria-disabled="true"])';
/** How long a page may take, in milliseconds. */
const patience = 60_000;

/**
 * `interactive`: milliseconds from opening a kiosk page until its request button can be pressed,
 * with an empty cache; `interactiveAgain`: the same with the scripts at hand, as after a reload.
 * Chromium slows its processor down, by default to a quarter of THIS machine's core, so compare
 * runs of one machine only. `scripts`: what the page can ever load, compressed, in kilobytes.
 */
export const kiosk: Bench = async (context) => {
  const runs = Number(optionOf(context.options, 'runs') ?? 7);
  const slowdown = Number(optionOf(context.options, 'slowdown') ?? 4);
  const system = await openSystem(context);
  const office = await BenchPage.connect({
    url: system.urls[0] ?? '',
    pass: await system.pass('secretary'),
  });
  context.cleanUp(async () => office.close());
  if (office.welcome.state.phase === 'scheduled') {
    await office.must({ type: 'phase.step', step: 'open' });
  }
  await office.must({ type: 'phase.step', step: 'begin' });
  const browser = await launchBrowser();
  context.cleanUp(() => browser.close());
  const first: number[] = [];
  const again: number[] = [];
  // The first run also warms up the server; it is shown, but not counted.
  for (let run = 0; run <= runs; run++) {
    const took = await openTwice({ browser, system, run, slowdown });
    context.note(`run ${run}: ${took.map(Math.round).join(' ms, again ')} ms`);
    if (run === 0) continue;
    first.push(took[0]);
    again.push(took[1]);
  }
  const weight = kilobytes(await scriptBytes({ root: context.root, page: 'kiosk' }));
  return {
    results: [
      figure('interactive', 'ms', first),
      figure('interactiveAgain', 'ms', again),
      figure('scripts', 'kB', [weight]),
    ],
    ratios: { slowdown },
  };
};

interface OpenWishes {
  readonly browser: Browser;
  readonly system: BenchSystem;
  readonly run: number;
  readonly slowdown: number;
}

/** A site of its own for each run, so that no run waits for another's seat. */
async function openTwice({
  browser,
  system,
  run,
  slowdown,
}: OpenWishes): Promise<[number, number]> {
  const seat = system.points.points[run % system.points.points.length]?.id;
  const page = await newPage(browser, { viewport: { width: 1920, height: 1080 } });
  const chromium = await page.context().newCDPSession(page);
  await chromium.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.addInitScript(watchFor, usable);
  await page.goto(await system.link('point', seat), { waitUntil: 'commit' });
  const first = await cameAt(page);
  await page.reload({ waitUntil: 'commit' });
  const again = await cameAt(page);
  await page.context().close();
  return [first, again];
}

const cameAt = async (page: Page): Promise<number> => {
  const came = await page.waitForFunction(() => window.cameAt, null, { timeout: patience });
  return (await came.jsonValue()) ?? Number.NaN;
};

declare global {
  interface Window {
    /** Milliseconds from the navigation's beginning until what was watched for had been drawn. */
    cameAt?: number;
  }
}

/** Runs in the page, before its own scripts. */
function watchFor(selector: string): void {
  const look = () => {
    if (!document.querySelector(selector)) return;
    watcher.disconnect();
    // In the frame after the next it has been drawn, and a press on it is served.
    requestAnimationFrame(() =>
      setTimeout(() => {
        window.cameAt = performance.now();
      }),
    );
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { subtree: true, childList: true, attributes: true });
}
