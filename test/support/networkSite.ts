import type { Browser } from 'playwright-core';
import type { Cluster } from './cluster.ts';
import type { NetworkLab } from './network.ts';
import { browserAt } from './networkBrowser.ts';
import { watchPaths } from './networkPaths.ts';
import type { NetworkPlace } from './networkPlace.ts';
import { Pages } from './pages.ts';
import type { SurfacePage } from './pagesSurface.ts';

/** A point's kiosk at a place of its own. */
export class NetworkSite {
  readonly place: NetworkPlace;
  readonly page: SurfacePage;
  readonly #browser: Browser;

  /** Opens the seat's page in a browser at a new place; `prepare` is done to its line before. */
  static async create(o: {
    readonly lab: NetworkLab;
    readonly cluster: Cluster;
    readonly seat: string;
    readonly prepare?: (place: NetworkPlace) => Promise<void>;
  }): Promise<NetworkSite> {
    const { lab, cluster, seat } = o;
    const place = await lab.place();
    await o.prepare?.(place);
    const base = `http://${lab.host}:${cluster.port(0)}`;
    const browser = await browserAt(place, base);
    try {
      const before = { content: `(${watchPaths})();` };
      const page = await new Pages(cluster, browser).open({ role: 'point', seat, base, before });
      return new NetworkSite({ place, page, browser });
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  constructor(o: { place: NetworkPlace; page: SurfacePage; browser: Browser }) {
    this.place = o.place;
    this.page = o.page;
    this.#browser = o.browser;
  }

  get seat(): string {
    return this.page.name;
  }

  /** What its own picture and tone carry. */
  get number(): number {
    return this.page.site ?? -1;
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
