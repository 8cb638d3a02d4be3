import type { Browser, Frame, Page } from 'playwright-core';
import { newPage, type PageOptions } from './browser.ts';

/** Pages as iframes of one document: 71 tabs are too many processes, and hidden tabs are throttled. */
export const sitesInAPage = 36;

/** What one site's page says of itself. */
export interface SiteReading {
  readonly seat: string;
  readonly state: string;
  readonly media: string;
  readonly node: string | null;
  /** Pictures shown of the chair so far. */
  readonly chairFrames: number;
  /** Of each picture that it receives: `seat/source` and how many were shown so far. */
  readonly pictures: readonly {
    readonly stream: string;
    readonly frames: number;
  }[];
  /** When it was read, in milliseconds of the page's clock. */
  readonly at: number;
}

interface HouseOptions extends Pick<PageOptions, 'prepare' | 'trusting'> {
  readonly browser: Browser;
  /** Address of the system. */
  readonly base: string;
}

/** One document that holds up to 36 kiosk pages. */
export class House {
  readonly #page: Page;

  static async create({ browser, base, ...options }: HouseOptions): Promise<House> {
    const page = await newPage(browser, { viewport: { width: 1280, height: 800 }, ...options });
    const address = `${base}/rehearsal`;
    // Of the system's own origin, because only its pages may frame its pages and read them.
    await page.route(address, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><title>diemcau</title><body style="margin:0;display:grid;grid-template-columns:repeat(6,1fr);gap:2px"></body>',
      }),
    );
    await page.goto(address);
    return new House(page);
  }

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens one more kiosk; it is joining from now on. */
  async add(seat: string, link: string): Promise<Frame> {
    const element = await this.#page.evaluateHandle(
      ([name, src]) => {
        const frame = document.createElement('iframe');
        frame.allow = 'camera; microphone; autoplay; display-capture';
        frame.dataset.seat = name ?? '';
        frame.style.cssText = 'border:0;width:100%;aspect-ratio:16/9';
        frame.src = src ?? '';
        document.body.append(frame);
        return frame;
      },
      [seat, link],
    );
    const frame = await element.contentFrame();
    if (!frame) throw new Error('the browser made no frame');
    return frame;
  }

  /** All kiosks of this document at one moment. */
  read(chair: string): Promise<SiteReading[]> {
    return this.#page.evaluate((chairSeat) => {
      return [...document.querySelectorAll('iframe')].map((frame): SiteReading => {
        const probe = frame.contentWindow?.diemcau;
        const pictures = (probe?.receiving ?? [])
          .filter(({ stream, shown }) => shown !== null && !stream.endsWith('/microphone'))
          .map(({ stream, frames }) => ({ stream, frames }));
        return {
          seat: frame.dataset.seat ?? '',
          state: probe?.state ?? 'loading',
          media: probe?.media ?? 'idle',
          node: probe?.node ?? null,
          chairFrames: pictures.find(({ stream }) => stream === `${chairSeat}/camera`)?.frames ?? 0,
          pictures,
          at: performance.now(),
        };
      });
    }, chair);
  }

  /** MiB of JavaScript heap of the whole document, its frames included. */
  async heap(): Promise<number> {
    const session = await this.#page.context().newCDPSession(this.#page);
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    await session.detach();
    return usedSize / 2 ** 20;
  }
}
