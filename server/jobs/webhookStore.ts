import type { BriefingId, Instant, Version } from '../domain/ids.ts';
import type { StoreOptions } from './store.ts';

/** An address that is told of what happens. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Null: of all briefings. */
  readonly briefing: BriefingId | null;
  /** Kinds of events; empty: all. */
  readonly events: readonly string[];
  /** It failed for so long that it is told nothing any more; null: it is told. */
  readonly disabledSince: Instant | null;
}

export interface KeptWebhook extends Webhook {
  /** What happened before is not told. */
  readonly since: Instant;
}

/** How an address has answered of late. */
interface Health {
  readonly failures: number;
  readonly failingSince: Instant | null;
}

const listKey = 'webhooks';

/** Who is told of what, and how far each has been told. Rejects while Redis is away. */
export class WebhookStore {
  readonly #o: StoreOptions;

  constructor(o: StoreOptions) {
    this.#o = o;
  }

  async all(): Promise<KeptWebhook[]> {
    const found = await this.#o.redis.hGetAll(this.#list);
    const hooks = Object.entries(found).map(([id, text]) => kept(id, text));
    return hooks.sort((a, b) => a.since - b.since || a.id.localeCompare(b.id));
  }

  async get(id: string): Promise<KeptWebhook | undefined> {
    const text = await this.#o.redis.hGet(this.#list, id);
    return text === null ? undefined : kept(id, text);
  }

  async put({ id, ...webhook }: KeptWebhook): Promise<void> {
    await this.#o.redis.hSet(this.#list, id, JSON.stringify(webhook));
    await this.#o.replicated?.();
  }

  /** False where there is none of that name. */
  async remove(id: string): Promise<boolean> {
    const removed = await this.#o.redis.hDel(this.#list, id);
    await this.#o.replicated?.();
    await this.#o.redis.del(this.#key(id));
    return removed > 0;
  }

  /** The version up to which it has been told of a briefing; undefined: nothing yet. */
  async toldUpTo(id: string, briefing: BriefingId): Promise<Version | undefined> {
    const found = await this.#o.redis.hGet(this.#key(id), `told/${briefing}`);
    return found === null ? undefined : Number(found);
  }

  async noteTold(id: string, briefing: BriefingId, version: Version): Promise<void> {
    await this.#o.redis.hSet(this.#key(id), `told/${briefing}`, String(version));
  }

  /** One more failure; since when there has been nothing else. */
  async noteFailure(id: string, now: Instant): Promise<Health> {
    const failures = await this.#o.redis.hIncrBy(this.#key(id), 'failures', 1);
    await this.#o.redis.hSetNX(this.#key(id), 'failingSince', String(now));
    const since = await this.#o.redis.hGet(this.#key(id), 'failingSince');
    return { failures, failingSince: Number(since ?? now) };
  }

  async noteSuccess(id: string): Promise<void> {
    await this.#o.redis.hDel(this.#key(id), 'failures');
    await this.#o.redis.hDel(this.#key(id), 'failingSince');
  }

  get #list(): string {
    return `${this.#o.prefix ?? 'diemcau'}:${listKey}`;
  }

  #key(id: string): string {
    return `${this.#o.prefix ?? 'diemcau'}:webhook:{${id}}`;
  }
}

/** Only this store writes there, so the shape is trusted. */
const kept = (id: string, text: string): KeptWebhook => ({
  id,
  ...(JSON.parse(text) as Omit<KeptWebhook, 'id'>),
});
