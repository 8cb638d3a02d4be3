import type { PageRole } from '../../server/gateway/identity.ts';
import type { BenchSystem } from '../bench/system.ts';
import { ChairPage } from './chairPage.ts';
import type { Chance } from './chance.ts';
import { WirePage } from './wirePage.ts';

/** Everybody who takes part in a soak without a browser: the chair, sites, and the office's pages. */
export class Cast {
  readonly chance: Chance;
  readonly chair: ChairPage;
  readonly seats: readonly string[];
  readonly #system: BenchSystem;
  readonly #sites = new Map<string, WirePage>();
  readonly #viewers: WirePage[] = [];
  /** Pages whose seat was taken by another, and which their server is to put out. */
  readonly #leftBehind = new Set<WirePage>();

  /** `seats`: those that this cast plays. */
  static async create(o: {
    system: BenchSystem;
    seats: readonly string[];
    chance: Chance;
  }): Promise<Cast> {
    const { chair } = o.system.points;
    const pass = await o.system.pass('chair', chair.id);
    const page = new ChairPage({ urls: o.system.urls, pass, seat: chair.id });
    await page.ready;
    return new Cast({ ...o, chair: page });
  }

  constructor(o: {
    system: BenchSystem;
    seats: readonly string[];
    chance: Chance;
    chair: ChairPage;
  }) {
    this.#system = o.system;
    this.seats = o.seats;
    this.chance = o.chance;
    this.chair = o.chair;
  }

  /** Those whose line is up now. */
  get present(): WirePage[] {
    return [...this.#sites.values()].filter(({ connected }) => connected);
  }

  get absent(): string[] {
    return this.seats.filter((seat) => this.#sites.get(seat)?.over !== false);
  }

  get viewers(): readonly WirePage[] {
    return this.#viewers;
  }

  /** A page of its seat opens; one that was there is put out by it. */
  async join(seat: string): Promise<void> {
    const page = await this.#open('point', seat);
    const former = this.#sites.get(seat);
    this.#sites.set(seat, page);
    for (const left of this.#leftBehind) if (left.over) this.#leftBehind.delete(left);
    if (former && !former.over) this.#leftBehind.add(former);
  }

  async openViewer(role: PageRole): Promise<void> {
    this.#viewers.push(await this.#open(role, null));
  }

  closeViewer(): void {
    this.#viewers.shift()?.close();
  }

  /** All go, some with a goodbye and some without; the chair puts everything in order before. */
  async leave(): Promise<void> {
    await this.chair.tidy();
    for (const page of this.#leftBehind) page.close();
    this.#leftBehind.clear();
    for (const viewer of this.#viewers.splice(0)) viewer.close();
    for (const page of this.#sites.values()) {
      if (this.chance.next() < 0.7) await page.leave();
      else page.close();
    }
    this.#sites.clear();
    await this.chair.leave();
  }

  /** At once, without a word. */
  close(): void {
    for (const page of [...this.#leftBehind, ...this.#viewers, ...this.#sites.values()]) {
      page.close();
    }
    this.chair.close();
  }

  async #open(role: PageRole, seat: string | null): Promise<WirePage> {
    const { urls, pass } = this.#system;
    return new WirePage({
      urls,
      at: Math.floor(this.chance.next() * urls.length),
      pass: await pass(role, seat ?? undefined),
      role,
      seat,
    });
  }
}
