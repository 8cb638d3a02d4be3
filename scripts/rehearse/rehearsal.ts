import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { loadBriefing } from '../../config/briefing.ts';
import type { PointList } from '../../config/points.ts';
import { programme } from '../../server/domain/routing.ts';
import { pageUrl, signPass } from '../../server/gateway/identity.ts';
import { launchBrowser, newPage } from './browser.ts';
import { House, sitesInAPage } from './house.ts';
import { Joining } from './joining.ts';
import { OfficeView } from './office.ts';
import { type PaintedSize, paint, paintedSites, rehearsalSize } from './painted.ts';
import { measureUsage } from './processes.ts';
import type { RehearsalReport } from './summary.ts';

export interface RehearsalOptions {
  readonly url: string;
  readonly briefing: string;
  readonly secret: Uint8Array;
  /** How many points join, in protocol order. */
  readonly points: number;
  readonly chair: boolean;
  /** Where a start script on this machine keeps its lock, to find its processes by. */
  readonly dataDir: string;
  readonly note: (line: string) => void;
}

/** The chair is watched by all, so its picture is larger; two cores still carry it. */
const chairSize: PaintedSize = { width: 192, height: 108, frameRate: 6 };
/** How long frame rates and processors are measured once all are in, in milliseconds. */
const steadyMs = 10_000;

/** Many kiosk pages in one browser, joined at a pace that this machine keeps up with. */
export class Rehearsal {
  readonly #options: RehearsalOptions;
  readonly #points: PointList;
  readonly #office: OfficeView;
  readonly #browser: Browser;
  #closing: Promise<void> | undefined;

  /** @throws Error in words for a person: no browser, no system, or another system's secret. */
  static async create(options: RehearsalOptions): Promise<Rehearsal> {
    const { url, briefing, secret } = options;
    const { points } = loadBriefing(briefing);
    const pass = await signPass({
      secret,
      briefing,
      role: 'technician',
      seat: null,
    });
    const office = await OfficeView.create({ url, pass });
    try {
      return new Rehearsal(options, {
        points,
        office,
        browser: await launchBrowser(),
      });
    } catch (error) {
      office.close();
      throw error;
    }
  }

  constructor(
    options: RehearsalOptions,
    made: { points: PointList; office: OfficeView; browser: Browser },
  ) {
    this.#options = options;
    this.#points = made.points;
    this.#office = made.office;
    this.#browser = made.browser;
  }

  /** Joins everybody, then measures for ten seconds. */
  async run(): Promise<RehearsalReport> {
    const { note, dataDir, chair, points } = this.#options;
    if (chair) await this.#joinChair();
    const cast = this.#points.points.slice(0, points);
    const houses = await this.#openHouses(cast.length);
    const roots = [process.pid, ...(await startedFrom(dataDir))];
    const usedWhileJoining = await measureUsage(roots);
    const joining = new Joining({
      houses,
      chair: this.#points.chair.id,
      isConnected: (seat) => this.#office.state.seats[seat]?.status === 'connected',
      chairIsOn: () => this.#chairIsOn(),
      note,
    });
    for (const [i, { id }] of cast.entries()) {
      const house = houses[Math.floor(i / sitesInAPage)];
      if (house)
        await joining.open(house, {
          seat: id,
          link: await this.#link('point', id),
        });
    }
    await joining.settle();
    const whileJoining = await usedWhileJoining();
    note(`${joining.joined} of ${cast.length} joined; measuring for ${steadyMs / 1000} s …`);
    const usedAfter = await measureUsage(roots);
    const pictures = await joining.frameRates(steadyMs);
    return {
      ...joining.outcome(),
      ...pictures,
      asked: cast.length,
      chairIsOn: this.#chairIsOn(),
      heaps: await Promise.all(houses.map((house) => house.heap())),
      whileJoining,
      afterwards: await usedAfter(),
    };
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#office.close();
      await this.#browser.close();
    })();
    return this.#closing;
  }

  #openHouses(sites: number): Promise<House[]> {
    const options = {
      browser: this.#browser,
      base: this.#options.url,
      prepare: this.#painted(rehearsalSize),
    };
    return Promise.all(
      Array.from({ length: Math.ceil(sites / sitesInAPage) }, () => House.create(options)),
    );
  }

  async #joinChair(): Promise<void> {
    // A chair that never paused for breath would keep 71 loudspeakers at it, which no two cores do.
    const prepare = this.#painted(chairSize, { silent: true });
    const page = await newPage(this.#browser, { prepare });
    await page.goto(await this.#link('chair', this.#points.chair.id));
    await page.waitForFunction(() => window.diemcau?.media === 'open');
    this.#options.note('a painted chair is there');
  }

  #painted(size: PaintedSize, { silent = false } = {}): (context: BrowserContext) => Promise<void> {
    const sites = paintedSites(this.#points);
    return (context) => paint(context, { sites, camera: size, presentation: size, silent });
  }

  /** Whether kiosks have a picture of the chair to wait for. */
  #chairIsOn(): boolean {
    const { state } = this.#office;
    return programme(state).live && state.seats[state.chairPoint]?.status === 'connected';
  }

  async #link(role: 'chair' | 'point', seat: string): Promise<string> {
    const { secret, briefing, url } = this.#options;
    return pageUrl({
      base: url,
      role,
      pass: await signPass({ secret, briefing, role, seat }),
    });
  }
}

/** The start script that runs from this data folder, if it is on this machine. */
async function startedFrom(dataDir: string): Promise<number[]> {
  const pid = Number(await readFile(join(dataDir, 'start.pid'), 'utf8').catch(() => ''));
  return pid > 0 ? [pid] : [];
}
