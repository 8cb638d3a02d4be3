import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { loadBriefing } from '../../config/briefing.ts';
import { launchBrowser } from '../../scripts/rehearse/browser.ts';
import {
  type PaintedSite,
  type PaintedSize,
  paint,
  paintedSites,
  testSize,
} from '../../scripts/rehearse/painted.ts';
import { ensureClient } from '../../scripts/setupClient.ts';
import { type PageRole, pageUrl } from '../../server/gateway/identity.ts';
import type { Cluster } from './cluster.ts';
import { SurfacePage } from './pagesSurface.ts';

const root = join(import.meta.dirname, '..', '..');

/** High enough for two simulcast layers, slow enough for six pages on two busy cores. */
const size = { ...testSize, frameRate: 8 };

export interface OpenOptions {
  readonly role: PageRole;
  readonly seat?: string;
  /** Its painted camera, where more layers are wanted than the usual size has. */
  readonly camera?: PaintedSize;
  /** Where the page comes from, if not from the first server itself. */
  readonly base?: string;
  /** Another than the cluster's own. */
  readonly briefing?: string;
  /** Runs in the page before anything of the product does. */
  readonly before?: (() => void) | { readonly content: string };
}

/** The product's own pages in a real Chromium, with painted cameras and tones for microphones. */
export class Pages {
  readonly #cluster: Cluster;
  readonly #browser: Browser;
  readonly #sites: Readonly<Record<string, PaintedSite>>;

  static async create(cluster: Cluster): Promise<Pages> {
    await ensureClient({ root, say: () => {} });
    return new Pages(cluster, await launchBrowser());
  }

  constructor(cluster: Cluster, browser: Browser) {
    this.#cluster = cluster;
    this.#browser = browser;
    this.#sites = paintedSites(loadBriefing(cluster.briefing).points);
  }

  /** The number that a seat's pictures and tones carry: its place in protocol order, the chair 0. */
  siteOf(seat: string): number {
    const site = this.#sites[seat]?.site;
    if (site === undefined) throw new Error(`no site ${seat}`);
    return site;
  }

  /** Opens a page as a person would: by its link. */
  async open({
    role,
    seat,
    briefing,
    camera = size,
    base,
    before,
  }: OpenOptions): Promise<SurfacePage> {
    const context = await this.#browser.newContext({ viewport: { width: 960, height: 540 } });
    await paint(context, { sites: this.#sites, camera, presentation: size });
    if (before) await context.addInitScript(before);
    const own = role === 'chair' ? this.#cluster.chairSeat : (seat ?? null);
    const page = await context.newPage();
    const surface = new SurfacePage({
      page,
      name: own ?? role,
      site: own === null ? null : this.siteOf(own),
    });
    const pass = await this.#cluster.pass(role, seat, briefing);
    await page.goto(pageUrl({ base: base ?? this.#cluster.url(), role, pass }));
    return surface;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
