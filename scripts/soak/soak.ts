import type { BenchSystem } from '../bench/system.ts';
import { acts } from './acts.ts';
import type { BrowserSites } from './browserSites.ts';
import { Cast } from './cast.ts';
import type { Chance } from './chance.ts';
import { type CountedSystem, type Counts, countAll } from './counts.ts';
import { judge, type Sample } from './growth.ts';
import { type Mishap, mishapsOf } from './mishaps.ts';
import { untilQuiet } from './quiet.ts';
import type { SoakResult } from './report.ts';
import { toleranceOf } from './tolerances.ts';

export interface SoakOptions {
  readonly system: BenchSystem;
  readonly counted: CountedSystem;
  readonly chance: Chance;
  readonly minutes: number;
  /** Seats that are played over the wire alone. */
  readonly seats: readonly string[];
  readonly browser: BrowserSites | undefined;
  /** Acts a second. */
  readonly rate: number;
  /** Whether every process is there and can do its work; may reject when not. */
  readonly healthy: () => Promise<boolean>;
  /** Asked to write a heap snapshot of each process, first and last. */
  readonly snapshots: ((which: 'first' | 'last') => Promise<void>) | undefined;
  readonly note: (line: string) => void;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** From one mishap to the next at the least, milliseconds: a node must have taken load again. */
const mishapEveryMs = 20_000;
/** The later part of a round is left in peace: what died has forgotten whatever it had left over. */
const mishapPart = 0.6;

/**
 * Rounds of a busy briefing. After each everybody leaves, and once the system is quiet it is
 * counted: what is more than after the first round, the warm-up, was left behind.
 */
export class Soak {
  readonly #o: SoakOptions;
  readonly #mishaps: readonly Mishap[];
  readonly #done: Record<string, number> = {};
  readonly #samples: Sample[] = [];
  #cast: Cast | undefined;
  #struck = 0;
  #ended = false;

  constructor(options: SoakOptions) {
    this.#o = options;
    const { system, counted } = options;
    this.#mishaps = mishapsOf({ system, probes: counted.probes, processes: counted.processes });
  }

  async run(): Promise<SoakResult> {
    const { minutes, note, snapshots } = this.#o;
    // Seven quiet states in a short soak, and one in ten minutes in a long one.
    const roundMs = Math.min(10, Math.max(1.5, minutes / 6)) * 60_000;
    note('warming up');
    const last = { counts: await this.#round(roundMs, 0) };
    await snapshots?.('first');
    const began = performance.now();
    this.#keep(last.counts, 0);
    for (let round = 1; !this.#ended; round++) {
      const left = minutes * 60_000 - (performance.now() - began);
      if (left < Math.min(roundMs, minutes * 60_000) / 2) break;
      last.counts = await this.#round(roundMs, round);
      this.#keep(last.counts, performance.now() - began);
    }
    await snapshots?.('last');
    for (const [name, busiest] of Object.entries(last.counts.busiest)) {
      if (busiest.length > 0) note(`${name}: most listeners: ${busiest.join(', ')}`);
    }
    return {
      options: {
        minutes,
        sites: this.#o.seats.length,
        rate: this.#o.rate,
      },
      done: this.#done,
      samples: this.#samples,
      verdicts: judge(this.#samples, toleranceOf),
      unexpectedKeys: last.counts.unexpected,
    };
  }

  close(): void {
    this.#ended = true;
    this.#cast?.close();
  }

  /** A busy time, then everybody leaves; answers the quiet state after that. */
  async #round(ms: number, round: number): Promise<Counts> {
    const { system, seats, chance, browser, counted, note } = this.#o;
    const cast = await Cast.create({ system, seats, chance });
    this.#cast = cast;
    await cast.chair.begin();
    if (browser) await this.#act('browser joins', () => browser.join());
    const before = this.#total;
    await this.#busy(cast, ms);
    await this.#healthy();
    if (browser) await this.#act('browser leaves', () => browser.leave());
    await cast.leave();
    const quietAfter = await untilQuiet({
      look: async () => (await countAll(counted, 'look')).counts,
      before: this.#samples[0]?.counts,
      pause,
      now: () => performance.now(),
    });
    const counts = await countAll(counted, 'count');
    const acted = this.#total - before;
    note(
      `round ${round}: ${acted} acts; quiet after ${Math.round(quietAfter / 1000)} s; ${brief(counts)}`,
    );
    return counts;
  }

  async #busy(cast: Cast, ms: number): Promise<void> {
    const { chance, rate, browser } = this.#o;
    const began = performance.now();
    const every = Math.max(mishapEveryMs, (ms * mishapPart) / this.#mishaps.length);
    let mishapAt = began + every / 2;
    let reloadAt = began + ms / 2;
    for (let next = began; next < began + ms && !this.#ended; next += 1000 / rate) {
      await pause(Math.max(0, next - performance.now()));
      const act = chance.weighted(acts);
      if (act) void this.#act(act.name, () => act.do(cast));
      if (performance.now() >= mishapAt && mishapAt < began + ms * mishapPart) {
        mishapAt += every;
        void this.#strike();
      }
      if (performance.now() >= reloadAt) {
        reloadAt = Number.POSITIVE_INFINITY;
        if (browser) void this.#act('browser reloads', () => browser.reload());
      }
    }
  }

  /** The next mishap, once the last one is mended. */
  async #strike(): Promise<void> {
    const mishap = this.#mishaps[this.#struck % this.#mishaps.length];
    if (!mishap) return;
    this.#struck += 1;
    await this.#healthy();
    await this.#act(mishap.name, mishap.strike);
  }

  async #act(name: string, how: () => unknown): Promise<void> {
    try {
      await how();
      this.#done[name] = (this.#done[name] ?? 0) + 1;
    } catch (error) {
      // Whatever dies in a mishap may take an act with it; that is told, and not the end.
      this.#o.note(`${name} failed: ${error instanceof Error ? error.message : error}`);
    }
  }

  get #total(): number {
    return Object.values(this.#done).reduce((sum, times) => sum + times, 0);
  }

  #keep({ counts }: Counts, sinceMs: number): void {
    this.#samples.push({ minutes: sinceMs / 60_000, counts });
  }

  async #healthy(): Promise<void> {
    while (!this.#ended && !(await this.#o.healthy().catch(() => false))) await pause(200);
  }
}

/** What people want to see pass by. */
function brief({ counts }: Counts): string {
  const mib = (name: string) => Math.round((counts[name] ?? 0) / 1024 / 1024);
  const number = (name: string) => counts[name] ?? 0;
  const server = `server-1 heap ${mib('server-1.heapUsedBytes')}, RSS ${mib('server-1.rssBytes')} MiB`;
  const node = `sfu-1 heap ${mib('sfu-1.heapUsedBytes')}, worker ${mib('sfu-1.workerRssBytes')} MiB`;
  const left = number('sfu-1.transports') + number('sfu-2.transports');
  return `${server}; ${node}; transports left ${left}; journal ${mib('redis.growingBytes')} MiB`;
}
