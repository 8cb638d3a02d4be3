import type { Frame, Page } from 'playwright-core';
import {
  joined,
  nothingObserved,
  type Observed,
  pictureGap,
  soundGap,
  type Window,
} from '../../scripts/rehearse/gaps.ts';
import { startObserving, takeObserved } from '../../scripts/rehearse/observing.ts';

/** Whose picture should be large and who should be heard on a page, by site number. */
export interface Expected {
  readonly main?: number;
  readonly heard?: readonly number[];
}

/** Milliseconds; null for what was not asked about. */
export interface LongestGaps {
  readonly picture: number | null;
  /** The longest of all that should be heard. */
  readonly sound: number | null;
}

/** Milliseconds since the epoch, as pages of this machine count them. */
export const instant = (): number => performance.timeOrigin + performance.now();

/**
 * From now on keeps what this painted page shows large and plays aloud, also over reloads (what
 * was not read before a reload is lost with the document).
 */
export async function observe(page: Page | Frame): Promise<Observation> {
  const observation = new Observation(page);
  await observation.start();
  return observation;
}

export class Observation {
  readonly #page: Page | Frame;
  readonly #from = instant();
  #known: Observed = nothingObserved;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(page: Page | Frame) {
    this.#page = page;
    if ('goto' in page && 'context' in page) {
      page.on('domcontentloaded', () => void this.start().catch(() => undefined));
    }
  }

  start(): Promise<void> {
    return startObserving(this.#page);
  }

  /** All so far, in the order of time. */
  async read(): Promise<Observed> {
    const reading = this.#reading.then(async () => {
      this.#known = joined([this.#known, await takeObserved(this.#page)]);
      return this.#known;
    });
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  /** The longest gaps of what is expected, from `from` (the beginning) to `to` (now). */
  async longestGap({ main, heard }: Expected, part: Partial<Window> = {}): Promise<LongestGaps> {
    const window = { from: part.from ?? this.#from, to: part.to ?? instant() };
    const { pictures, sounds } = await this.read();
    return {
      picture: main === undefined ? null : pictureGap(pictures, main, window),
      sound: heard ? Math.max(...heard.map((site) => soundGap(sounds, site, window))) : null,
    };
  }
}
