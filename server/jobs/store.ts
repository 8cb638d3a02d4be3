import type { BriefingId, SeatId } from '../domain/ids.ts';

/** As much of a Redis connection as these stores need; main.ts hands it over. */
export interface StoreRedis {
  hGet(key: string, field: string): Promise<string | null>;
  hGetAll(key: string): Promise<Record<string, string>>;
  hSet(key: string, field: string, value: string): Promise<unknown>;
  hDel(key: string, field: string): Promise<number>;
  hSetNX(key: string, field: string, value: string): Promise<unknown>;
  hIncrBy(key: string, field: string, by: number): Promise<number>;
  del(key: string): Promise<unknown>;
  multi(): { del(key: string): StoreMulti };
}

interface StoreMulti {
  hSet(key: string, entries: Record<string, string>): StoreMulti;
  exec(): Promise<unknown>;
}

export interface StoreOptions {
  readonly redis: StoreRedis;
  /**
   * Waits until enough replicas have what was just written; called in the very turn in which Redis
   * has answered. Rejects when they have not.
   */
  readonly replicated?: () => Promise<void>;
  readonly prefix?: string;
}

/** Where people of each seat are written to; kept outside the journal, which is for ever. */
export type Contacts = Readonly<Record<SeatId, readonly string[]>>;

/** E-mail addresses by briefing and seat. Rejects while Redis is away. */
export class ContactStore {
  readonly #o: StoreOptions;

  constructor(o: StoreOptions) {
    this.#o = o;
  }

  async get(briefing: BriefingId): Promise<Contacts> {
    const found = await this.#o.redis.hGetAll(this.#key(briefing));
    return Object.fromEntries(
      // Only this store writes there, so the shape is trusted.
      Object.entries(found).map(([seat, text]) => [seat, JSON.parse(text) as string[]]),
    );
  }

  /** In the place of all that were there. */
  async set(briefing: BriefingId, contacts: Contacts): Promise<void> {
    const entries = Object.entries(contacts).filter(([, addresses]) => addresses.length > 0);
    const written = entries.map(([seat, addresses]) => [seat, JSON.stringify(addresses)]);
    const multi = this.#o.redis.multi().del(this.#key(briefing));
    if (written.length > 0) multi.hSet(this.#key(briefing), Object.fromEntries(written));
    await multi.exec();
    await this.#o.replicated?.();
  }

  #key(briefing: BriefingId): string {
    return `${this.#o.prefix ?? 'diemcau'}:{${briefing}}:contacts`;
  }
}

/**
 * What was done for a briefing outside its journal, by names of occasions. Queues forget after a
 * while; this does not, so that a server that sets everything again has nothing done twice.
 */
export class DoneStore {
  readonly #o: StoreOptions;

  constructor(o: StoreOptions) {
    this.#o = o;
  }

  /** What was noted then; undefined for what was not done. */
  async find(briefing: BriefingId, what: string): Promise<string | undefined> {
    return (await this.#o.redis.hGet(this.#key(briefing), what)) ?? undefined;
  }

  async note(briefing: BriefingId, what: string, as: string): Promise<void> {
    await this.#o.redis.hSet(this.#key(briefing), what, as);
    await this.#o.replicated?.();
  }

  #key(briefing: BriefingId): string {
    return `${this.#o.prefix ?? 'diemcau'}:{${briefing}}:done`;
  }
}
