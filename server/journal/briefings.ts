import type { Logger } from 'pino';
import type { BriefingState } from '../domain/briefing.ts';
import type { BriefingId, Instant } from '../domain/ids.ts';
import type { Answer, Journal } from './journal.ts';
import type { Registry } from './registry.ts';

export interface BriefingsOptions {
  readonly registry: Registry;
  readonly openJournal: (briefing: BriefingId) => Promise<Journal>;
  readonly now: () => Instant;
  readonly log: Logger;
  /** How often the registry is read for what other servers have made, milliseconds. */
  readonly lookMs?: number;
  /** How long a closed briefing that nobody uses stays in memory, milliseconds. */
  readonly restMs?: number;
}

/** What is known of every briefing, whether it is in memory or not. */
export type BriefingSummary = Pick<
  BriefingState,
  'id' | 'title' | 'startsAt' | 'timeZone' | 'classification' | 'series' | 'phase'
>;

/** Gets a briefing as it comes into memory; returns how to end what was begun for it. */
export type Serve = (briefing: BriefingId, journal: Journal) => () => void;

interface Opened {
  readonly journal: Journal;
  /** One for each who serves. */
  readonly ends: Map<Serve, () => void>;
  usedAt: Instant;
  holds: number;
}

/**
 * The briefings of this installation as one server knows them. Whatever is not closed is in memory
 * at every server, so that any of them may die; what is closed is opened again when somebody asks.
 */
export class Briefings {
  readonly #o: Required<BriefingsOptions>;
  readonly #open = new Map<BriefingId, Opened>();
  readonly #opening = new Map<BriefingId, Promise<Opened>>();
  /** Closed ones that were let go: nothing of this can change any more. */
  readonly #resting = new Map<BriefingId, BriefingSummary>();
  readonly #serving = new Set<Serve>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #ended = false;

  private constructor(options: BriefingsOptions) {
    this.#o = { lookMs: 1_000, restMs: 10 * 60_000, ...options };
  }

  /** Opens what the registry names. @throws Error when Redis cannot be read now. */
  static async create(options: BriefingsOptions): Promise<Briefings> {
    const briefings = new Briefings(options);
    await briefings.#follow();
    briefings.#again();
    return briefings;
  }

  /** The briefing, if it is in memory. */
  get(briefing: BriefingId): Journal | undefined {
    return this.#open.get(briefing)?.journal;
  }

  /** Those in memory. */
  keys(): IterableIterator<BriefingId> {
    return this.#open.keys();
  }

  /**
   * The briefing, from Redis if need be; undefined where there is none of that name.
   * @throws Error when it is not in memory and Redis cannot be read now.
   */
  async open(briefing: BriefingId): Promise<Journal | undefined> {
    const known = this.#open.get(briefing);
    if (known) {
      known.usedAt = this.#o.now();
      return known.journal;
    }
    if (this.#ended) return undefined;
    if (!this.#opening.has(briefing) && !(await this.#o.registry.has(briefing))) return undefined;
    const brought = await this.#bring(briefing);
    brought.usedAt = this.#o.now();
    return brought.journal;
  }

  /**
   * Makes a briefing: `begin` writes its plan, and only then is it entered in the registry, from
   * where every server learns of it. Harmless to repeat. @throws Error while Redis is away.
   */
  async make(briefing: BriefingId, begin: (journal: Journal) => Promise<Answer>): Promise<Answer> {
    const { openJournal, registry, now } = this.#o;
    const known = this.get(briefing);
    const journal = known ?? (await openJournal(briefing));
    try {
      const answer = await begin(journal);
      if (answer.ok) await registry.add(briefing, now());
      if (answer.ok && !this.#open.has(briefing) && !this.#opening.has(briefing)) {
        this.#enter(briefing, journal);
      }
      return answer;
    } finally {
      if (this.get(briefing) !== journal) await journal.close();
    }
  }

  /** As long as somebody holds it, a briefing stays in memory; returns how to let it go. */
  hold(briefing: BriefingId): () => void {
    const held = this.#open.get(briefing);
    if (!held) return () => {};
    held.holds += 1;
    let holds = true;
    return () => {
      if (!holds) return;
      holds = false;
      held.holds -= 1;
      held.usedAt = this.#o.now();
    };
  }

  /** Calls back for each briefing in memory, now and later; returns how to stop that. */
  each(serve: Serve): () => void {
    this.#serving.add(serve);
    for (const [id, opened] of this.#open) this.#begin(serve, id, opened);
    return () => {
      this.#serving.delete(serve);
      for (const { ends } of this.#open.values()) {
        ends.get(serve)?.();
        ends.delete(serve);
      }
    };
  }

  /** Every briefing there is, in the order in which they were made. @throws Error while Redis is away. */
  async summaries(): Promise<readonly BriefingSummary[]> {
    const found: BriefingSummary[] = [];
    for (const id of await this.#o.registry.all()) {
      const resting = this.#resting.get(id);
      const state = resting ?? (await this.#bring(id)).journal.state;
      if (state.id !== '') found.push(summaryOf(state));
    }
    return found;
  }

  /** Idempotent. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.allSettled(this.#opening.values());
    for (const id of [...this.#open.keys()]) await this.#letGo(id);
  }

  #again(): void {
    if (this.#ended) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.#follow()
        .then(() => this.#rest())
        .catch((err: unknown) => this.#o.log.debug({ err }, 'registry of briefings not read'))
        .finally(() => this.#again());
    }, this.#o.lookMs);
  }

  /** Opens what is new, and enters again what a replaced Redis has forgotten. */
  async #follow(): Promise<void> {
    const names = new Set(await this.#o.registry.all());
    for (const id of names) {
      if (this.#ended) return;
      if (!this.#open.has(id) && !this.#resting.has(id)) await this.#bring(id);
    }
    for (const [id, { journal }] of this.#open) {
      if (!names.has(id) && journal.state.version > 0) {
        await this.#o.registry.add(id, this.#o.now());
      }
    }
  }

  async #rest(): Promise<void> {
    const { now, restMs, log } = this.#o;
    for (const [id, { journal, usedAt, holds }] of this.#open) {
      if (journal.state.phase !== 'closed' || journal.condition !== 'running') continue;
      if (holds > 0 || now() - Math.max(usedAt, journal.state.phaseSince) < restMs) continue;
      this.#resting.set(id, summaryOf(journal.state));
      log.info({ briefing: id }, 'briefing let go');
      await this.#letGo(id);
    }
  }

  async #letGo(id: BriefingId): Promise<void> {
    const opened = this.#open.get(id);
    this.#open.delete(id);
    for (const end of opened?.ends.values() ?? []) end();
    await opened?.journal.close();
  }

  #bring(id: BriefingId): Promise<Opened> {
    const known = this.#open.get(id);
    if (known) return Promise.resolve(known);
    const under = this.#opening.get(id);
    if (under) return under;
    const opening = this.#bringNow(id).finally(() => this.#opening.delete(id));
    this.#opening.set(id, opening);
    return opening;
  }

  async #bringNow(id: BriefingId): Promise<Opened> {
    return this.#enter(id, await this.#o.openJournal(id));
  }

  #enter(id: BriefingId, journal: Journal): Opened {
    const opened: Opened = { journal, ends: new Map(), usedAt: 0, holds: 0 };
    this.#resting.delete(id);
    this.#open.set(id, opened);
    for (const serve of this.#serving) this.#begin(serve, id, opened);
    return opened;
  }

  #begin(serve: Serve, id: BriefingId, { journal, ends }: Opened): void {
    ends.set(serve, serve(id, journal));
  }
}

const summaryOf = (state: BriefingSummary): BriefingSummary => {
  const { id, title, startsAt, timeZone, classification, series, phase } = state;
  return { id, title, startsAt, timeZone, classification, series, phase };
};
