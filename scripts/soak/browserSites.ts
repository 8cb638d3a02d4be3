import type { Browser, Page } from 'playwright-core';
import type { BenchSystem } from '../bench/system.ts';
import { launchBrowser, newPage } from '../rehearse/browser.ts';
import { paint, paintedSites, rehearsalSize } from '../rehearse/painted.ts';

/** A few real kiosks in Chromium, so that real streams flow, stop and cross between nodes too. */
export class BrowserSites {
  readonly #system: BenchSystem;
  readonly #seats: readonly string[];
  readonly #browser: Browser;
  readonly #pages: Page[] = [];

  static async create(system: BenchSystem, seats: readonly string[]): Promise<BrowserSites> {
    return new BrowserSites(system, seats, await launchBrowser());
  }

  constructor(system: BenchSystem, seats: readonly string[], browser: Browser) {
    this.#system = system;
    this.#seats = seats;
    this.#browser = browser;
  }

  async join(): Promise<void> {
    const sites = paintedSites(this.#system.points);
    for (const seat of this.#seats) {
      const page = await newPage(this.#browser, {
        viewport: { width: 640, height: 360 },
        prepare: (context) =>
          paint(context, { sites, camera: rehearsalSize, presentation: rehearsalSize }),
      });
      this.#pages.push(page);
      await page.goto(await this.#system.link('point', seat));
      await page.waitForFunction(() => window.diemcau?.media === 'open');
    }
  }

  async reload(): Promise<void> {
    for (const page of this.#pages) await page.reload();
  }

  async leave(): Promise<void> {
    for (const page of this.#pages.splice(0)) await page.context().close();
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
