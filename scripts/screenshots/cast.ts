import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PageRole } from '../../server/gateway/identity.ts';
import { BenchConsole } from '../bench/console.ts';
import { type BenchContext, pause } from '../bench/figures.ts';
import { type BenchSystem, openSystem } from '../bench/system.ts';
import { launchBrowser, newPage } from '../rehearse/browser.ts';
import { House } from '../rehearse/house.ts';
import { paint, paintedSites } from '../rehearse/painted.ts';
import { Extra } from './extras.ts';
import { dressUp, type SceneSize } from './scene.ts';

const leadSize: SceneSize = { width: 960, height: 540, frameRate: 5 };
/** As small as a tile of the wall: many of them share this machine. */
const houseSize: SceneSize = { width: 320, height: 180, frameRate: 3 };

/** How long pages may take to come up, in milliseconds. */
const patience = 60_000;
/** How long anything on a page may take that is up, in milliseconds. */
const impatience = 20_000;

interface CastOptions {
  readonly context: BenchContext;
  /** How many sites are real pages with cameras; the others are there without a browser. */
  readonly live: number;
}

/** Who is there: pages that are looked at, sites with pictures, sites without, and a few missing. */
export interface Cast {
  readonly system: BenchSystem;
  /** Gives the commands of a briefing, as the secretary would. */
  readonly office: BenchConsole;
  readonly chair: Page;
  /** Until it is called, the chair's seat is empty. */
  readonly seatTheChair: () => Promise<unknown>;
  /** The kiosk that goes through every state. */
  readonly kiosk: Page;
  readonly wall: Page;
  readonly technician: Page;
  /** The seat of the kiosk that is looked at. */
  readonly own: string;
  /** Seats of sites with pictures. */
  readonly live: readonly string[];
  /** Sites without a browser, by seat; one that is closed is a lost site. */
  readonly extras: ReadonlyMap<string, Extra>;
}

export async function gather({ context, live: liveCount }: CastOptions): Promise<Cast> {
  const { note } = context;
  const system = await openSystem(context);
  const url = system.urls[0] ?? '';
  const { points, chair } = system.points;
  const browser = await launchBrowser();
  context.cleanUp(() => browser.close());
  const office = await BenchConsole.connect({ url, pass: await system.pass('secretary') });
  context.cleanUp(async () => office.close());

  const blank = async (role: PageRole) => {
    const prepare = dressed(system, { size: leadSize, silent: false });
    const viewport = { width: 1920, height: 1080 };
    const page = await newPage(browser, { viewport, prepare });
    page.on('pageerror', (error) => note(`${role}: ${error.message}`));
    // A control that is not there is left out, not waited for.
    page.setDefaultTimeout(impatience);
    return page;
  };
  const enter = async (page: Page, role: PageRole, seat?: string) => {
    await page.goto(await system.link(role, seat), { timeout: patience });
    return page;
  };
  const open = async (role: PageRole, seat?: string) => enter(await blank(role), role, seat);
  // The first of the roster are the first that one sees: the kiosk is one of them.
  const [own = '', ...others] = points.map((p) => p.id);
  const live = others.slice(0, liveCount);
  const absent = new Set(others.slice(-4));
  const bare = others.slice(liveCount).filter((id) => !absent.has(id));

  const extras = new Map<string, Extra>();
  for (const [index, id] of bare.entries()) {
    const node = index % 2 === 0 ? 'sfu-1' : 'sfu-2';
    const pass = await system.pass('point', id);
    extras.set(id, await Extra.create({ url, pass, seat: id, site: index, node }));
  }
  context.cleanUp(async () => {
    for (const extra of extras.values()) extra.close();
  });
  note(`${extras.size} sites without pictures`);

  const pages = {
    chair: await blank('chair'),
    kiosk: await open('point', own),
    wall: await open('wall'),
    technician: await open('technician'),
  };
  await fill({ browser, system, live, note });
  await settled(office, [own, ...live], note);
  const seatTheChair = async () => {
    await enter(pages.chair, 'chair', chair.id);
    await settled(office, [chair.id], note);
  };
  return { system, office, own, live, extras, seatTheChair, ...pages };
}

/**
 * So many kiosks share a document, and with it a process: more would keep one another from answering
 * the server in time. They come up together, and the next ones after them.
 */
const sitesInAHouse = 5;

interface FillOptions {
  readonly browser: Browser;
  readonly system: BenchSystem;
  readonly live: readonly string[];
  readonly note: (line: string) => void;
}

async function fill({ browser, system, live, note }: FillOptions): Promise<void> {
  const prepare = dressed(system, { size: houseSize, silent: true });
  for (let at = 0; at < live.length; at += sitesInAHouse) {
    const house = await House.create({ browser, base: system.urls[0] ?? '', prepare });
    const group = live.slice(at, at + sitesInAHouse);
    const frames = await Promise.all(
      group.map(async (seat) => house.add(seat, await system.link('point', seat))),
    );
    await Promise.all(
      frames.map((frame) =>
        frame
          .waitForFunction(() => window.diemcau?.media === 'open', null, { timeout: patience })
          .catch(() => note('a site did not come up in time')),
      ),
    );
    note(`${at + group.length} of ${live.length} sites with pictures`);
  }
}

function dressed(
  system: BenchSystem,
  { size, silent }: { size: SceneSize; silent: boolean },
): (context: BrowserContext) => Promise<void> {
  const sites = paintedSites(system.points);
  return async (context) => {
    await paint(context, { sites, camera: size, presentation: size, silent });
    await dressUp(context, size);
  };
}

async function settled(
  office: BenchConsole,
  seats: readonly string[],
  note: (line: string) => void,
): Promise<void> {
  const deadline = performance.now() + patience;
  const missing = () => seats.filter((id) => office.state.seats[id]?.status !== 'connected');
  while (missing().length > 0 && performance.now() < deadline) {
    await pause(100);
  }
  if (missing().length > 0) note(`not there in time: ${missing().join(', ')}`);
}
