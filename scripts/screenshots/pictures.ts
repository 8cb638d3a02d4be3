import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type LookName, looks, wear } from './looks.ts';

interface PicturesOptions {
  readonly folder: string;
  /** When to take no more pictures, in milliseconds of `performance.now()`. */
  readonly until: number;
  readonly note: (line: string) => void;
}

export interface Shot {
  readonly page: Page;
  /** Names the file: surface and state, as in `kiosk-onAir`. */
  readonly name: string;
  readonly in?: readonly LookName[];
  /** What has to be there before the picture is taken. */
  readonly shows?: string;
  /** Brings up what is seen for the picture only, such as an open menu … */
  readonly before?: (page: Page) => Promise<unknown>;
  /** … and takes it away again. */
  readonly after?: (page: Page) => Promise<unknown>;
}

/** How long what a shot shows, and the drawing of it, may take, in milliseconds. */
const patience = 20_000;
/** Pictures change place, faces come up, a menu fades in. Milliseconds. */
const settling = 900;

/** Takes the pictures and keeps account of those that could not be taken. */
export class Pictures {
  readonly #o: PicturesOptions;
  readonly missing: string[] = [];
  taken = 0;

  static async create(options: PicturesOptions): Promise<Pictures> {
    await mkdir(options.folder, { recursive: true });
    return new Pictures(options);
  }

  constructor(options: PicturesOptions) {
    this.#o = options;
  }

  /** One surface in one state, in each look. What cannot be shown is noted and left out. */
  async take(shot: Shot): Promise<void> {
    for (const name of shot.in ?? ['room', 'desk']) {
      const look = looks[name];
      const light = look.theme === 'light' ? '-light' : '';
      const file = `${shot.name}-${look.width}-${look.language}${light}.png`;
      try {
        if (performance.now() > this.#o.until) throw new Error('out of time');
        await wear(shot.page, look);
        await shot.before?.(shot.page);
        if (shot.shows) {
          await shot.page.waitForSelector(shot.shows, { state: 'visible', timeout: patience });
        }
        await shot.page.evaluate(() => document.fonts.ready.then(() => undefined));
        await shot.page.waitForTimeout(settling);
        await shot.page.screenshot({ path: join(this.#o.folder, file), timeout: patience });
        this.taken += 1;
        this.#o.note(file);
      } catch (error) {
        const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        this.missing.push(`${file}: ${why}`);
        this.#o.note(`left out ${file}: ${why}`);
      } finally {
        await shot.after?.(shot.page).catch(() => {});
      }
    }
  }
}
