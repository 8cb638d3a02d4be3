import type { Locator, Page } from 'playwright-core';
import type { Probe } from '../../client/media/probe.ts';
import { readTones } from '../../scripts/rehearse/painted.ts';
import { until } from './until.ts';

/** One picture that a page shows, as its decoded frames say. */
interface Picture {
  /** `seat/source`, as the page believes. */
  readonly stream: string;
  readonly shown: string;
  readonly painted: { readonly site: number; readonly presentation: boolean } | null;
  /** Pictures decoded so far. */
  readonly frames: number;
}

/** The programme as people in the room see it: site numbers by place. */
export interface Seen {
  readonly main?: readonly number[];
  readonly inset?: readonly number[];
  readonly presentation?: readonly number[];
}

const places = ['main', 'inset', 'presentation'] as const;

/** One open page of the product, as a person before it sees and hears it. */
export class SurfacePage {
  readonly page: Page;
  readonly name: string;
  /** What its own picture and tone carry; null for a page without a seat. */
  readonly site: number | null;
  /** Faults of the page's own code. */
  readonly faults: string[] = [];

  constructor(o: { page: Page; name: string; site: number | null }) {
    this.page = o.page;
    this.name = o.name;
    this.site = o.site;
    this.page.on('pageerror', (error) => this.faults.push(String(error)));
  }

  /** A control by its stable name, as in `floor.request`; `within` narrows it to a part of the page. */
  action(name: string, within = ''): Locator {
    return this.page.locator(`${within} [data-action="${name}"]`.trim());
  }

  press(name: string, within = ''): Promise<void> {
    return this.action(name, within).click();
  }

  /** Waits until exactly one element answers to the selector. */
  async shows(selector: string): Promise<void> {
    await until(async () => (await this.page.locator(selector).count()) === 1, {
      what: `${this.name} to show ${selector}`,
      timeoutMs: 30_000,
    });
  }

  probe(): Promise<Probe | undefined> {
    return this.page.evaluate(() => window.diemcau && { ...window.diemcau });
  }

  /** The node that this page's media are on. */
  async node(): Promise<string> {
    return until(async () => (await this.probe())?.node, { what: `${this.name} to have a node` });
  }

  /** Every video element of the page that has an own place on it. */
  pictures(): Promise<Picture[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLVideoElement>('video[data-stream]')].map((video) => ({
        stream: video.dataset.stream ?? '',
        shown: video.dataset.shown ?? '',
        painted: window.painted.read(video),
        frames: video.getVideoPlaybackQuality().totalVideoFrames,
      })),
    );
  }

  /** Site numbers by place; a place that shows nothing decoded is empty. */
  async seen(): Promise<Required<Seen>> {
    return seenIn(await this.pictures());
  }

  /**
   * Waits until the programme shows exactly these sites, each in a picture that moves: a frame
   * that was decoded before the waiting began does not count.
   */
  async sees(expected: Seen): Promise<void> {
    const wanted = { main: [], inset: [], presentation: [], ...expected };
    const before = new Map<string, number>();
    let last: unknown;
    await until(
      async () => {
        const pictures = (await this.pictures()).filter((p) => places.some((x) => x === p.shown));
        last = pictures;
        for (const { stream, frames } of pictures) {
          // An element that was made anew counts from nothing.
          const first = before.get(stream);
          if (first === undefined || frames < first) before.set(stream, frames);
        }
        const moves = pictures.every((p) => p.frames > (before.get(p.stream) ?? 0));
        return moves && JSON.stringify(seenIn(pictures)) === JSON.stringify(wanted);
      },
      {
        what: `${this.name} to see ${JSON.stringify(wanted)}`,
        timeoutMs: 40_000,
        seen: () => last,
      },
    );
  }

  /** Sites whose tones the page plays aloud now. */
  heard(): Promise<number[]> {
    return readTones(this.page);
  }

  /** Waits until exactly these sites are heard. */
  async hears(...sites: number[]): Promise<void> {
    let last: unknown;
    await until(
      async () => {
        const heard = await this.heard();
        last = heard;
        return heard.join() === sites.toSorted((a, b) => a - b).join();
      },
      { what: `${this.name} to hear ${sites}`, timeoutMs: 40_000, seen: () => last },
    );
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

function seenIn(pictures: readonly Picture[]): Required<Seen> {
  const at = (place: (typeof places)[number]) =>
    pictures
      .flatMap((p) =>
        p.shown === place && p.painted && p.painted.presentation === (place === 'presentation')
          ? [p.painted.site]
          : [],
      )
      .sort((a, b) => a - b);
  return { main: at('main'), inset: at('inset'), presentation: at('presentation') };
}
