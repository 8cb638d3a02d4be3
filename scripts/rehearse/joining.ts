import type { House, SiteReading } from './house.ts';
import type { RehearsalReport } from './summary.ts';

interface JoiningOptions {
  readonly houses: readonly House[];
  readonly chair: string;
  /** By the roster. */
  readonly isConnected: (seat: string) => boolean;
  readonly chairIsOn: () => boolean;
  readonly note: (line: string) => void;
}

/** So many pages load at once: more would only wait for one another on few cores. */
const atOnce = 6;
/** A page that has not come up by then no longer holds up the next one, in milliseconds. */
const paceFor = 15_000;
/** How long the last ones are waited for, in milliseconds. */
const patience = 60_000;
const lookEvery = 250;
const noteEvery = 5_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Opens kiosks no faster than they come up, and keeps the times at which each was in. */
export class Joining {
  readonly #o: JoiningOptions;
  readonly #openedAt = new Map<string, number>();
  readonly #joinedAt = new Map<string, number>();
  #readings: readonly SiteReading[] = [];
  #notedAt = 0;

  constructor(options: JoiningOptions) {
    this.#o = options;
  }

  get joined(): number {
    return this.#joinedAt.size;
  }

  /** Opens one more kiosk, once fewer than six are on their way. */
  async open(house: House, { seat, link }: { seat: string; link: string }): Promise<void> {
    await this.#look();
    while (this.#onTheirWay() >= atOnce) {
      await pause(lookEvery);
      await this.#look();
    }
    this.#openedAt.set(seat, performance.now());
    await house.add(seat, link);
  }

  /** Waits until all are in, or nobody can expect it any more. */
  async settle(): Promise<void> {
    const deadline = performance.now() + patience;
    while (this.#joinedAt.size < this.#openedAt.size && performance.now() < deadline) {
      await pause(lookEvery);
      await this.#look();
    }
  }

  /** Pictures a second of every picture on every site, measured over so many milliseconds. */
  async frameRates(ms: number): Promise<Pick<RehearsalReport, 'frameRates' | 'chairFrameRates'>> {
    const before = new Map((await this.#read()).map((r) => [r.seat, r]));
    await pause(ms);
    const frameRates: number[] = [];
    const chairFrameRates: number[] = [];
    for (const { seat, pictures, at } of await this.#read()) {
      const then = before.get(seat);
      for (const { stream, frames } of pictures) {
        const first = then?.pictures.find((p) => p.stream === stream);
        if (!then || !first) continue;
        const rate = ((frames - first.frames) * 1000) / (at - then.at);
        frameRates.push(rate);
        if (stream === `${this.#o.chair}/camera`) chairFrameRates.push(rate);
      }
    }
    return { frameRates, chairFrameRates };
  }

  outcome(): Pick<
    RehearsalReport,
    'joined' | 'seconds' | 'joinSeconds' | 'missing' | 'connected' | 'nodes'
  > {
    const opened = [...this.#openedAt];
    const begin = Math.min(...this.#openedAt.values());
    const nodes: Record<string, number> = {};
    for (const { node } of this.#readings) if (node) nodes[node] = (nodes[node] ?? 0) + 1;
    return {
      joined: this.#joinedAt.size,
      seconds: (Math.max(begin, ...this.#joinedAt.values()) - begin) / 1000,
      joinSeconds: opened.flatMap(([seat, at]) => {
        const joined = this.#joinedAt.get(seat);
        return joined === undefined ? [] : [(joined - at) / 1000];
      }),
      missing: this.#readings
        .filter(({ seat }) => !this.#joinedAt.has(seat))
        .map(({ seat, state, media }) => ({ seat, how: `line ${state}, media ${media}` })),
      connected: opened.filter(([seat]) => this.#o.isConnected(seat)).length,
      nodes,
    };
  }

  #onTheirWay(): number {
    const now = performance.now();
    const open = new Set(this.#readings.flatMap((r) => (r.media === 'open' ? [r.seat] : [])));
    return [...this.#openedAt].filter(([seat, at]) => !open.has(seat) && now - at < paceFor).length;
  }

  async #read(): Promise<SiteReading[]> {
    return (await Promise.all(this.#o.houses.map((h) => h.read(this.#o.chair)))).flat();
  }

  async #look(): Promise<void> {
    this.#readings = await this.#read();
    const now = performance.now();
    for (const { seat, state, media, chairFrames } of this.#readings) {
      if (this.#joinedAt.has(seat) || state !== 'live' || media !== 'open') continue;
      if (!this.#o.isConnected(seat) || (this.#o.chairIsOn() && chairFrames === 0)) continue;
      this.#joinedAt.set(seat, now);
    }
    if (now - this.#notedAt < noteEvery) return;
    this.#notedAt = now;
    this.#o.note(`  ${this.#openedAt.size} opened, ${this.#joinedAt.size} joined`);
  }
}
