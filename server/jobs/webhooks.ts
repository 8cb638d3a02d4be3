import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Recorded } from '../domain/event.ts';
import type { BriefingId, Instant, Version } from '../domain/ids.ts';
import type { Notice } from '../domain/notices.ts';
import { createQueue, GivenUp, type JobConnections, type JobQueue } from './queue.ts';
import type { KeptWebhook, Webhook, WebhookStore } from './webhookStore.ts';

/** Carries a body to an address. */
export interface WebhookSender {
  /** Whether that address may be told at all, as far as can be known beforehand. */
  mayTell(url: string): Promise<boolean>;
  /** The HTTP status of the answer. @throws Error when there is none. */
  post(o: {
    readonly url: string;
    readonly secret: string;
    /** Names what is sent, also when it is sent again. */
    readonly delivery: string;
    readonly body: string;
  }): Promise<number>;
}

interface ReadableBriefing {
  readonly state: { readonly version: Version };
  /** Rejects while Redis is away. */
  read(after: Version, limit: number): Promise<readonly Recorded[]>;
}

export interface WebhooksOptions {
  readonly connections: JobConnections;
  readonly store: WebhookStore;
  readonly sender: WebhookSender;
  /** With what an address's deliveries are signed. */
  readonly secretOf: (webhook: string) => string;
  /** What of an event may be told outside. */
  readonly shown: (recorded: Recorded) => Recorded;
  readonly open: (briefing: BriefingId) => Promise<ReadableBriefing | undefined>;
  readonly now: () => Instant;
  readonly log: Logger;
  /** How often it is looked for what other servers have added, milliseconds. */
  readonly lookMs?: number;
  /** How long before another try, in milliseconds. */
  readonly retryDelay?: (attempts: number) => number;
}

interface Delivery {
  readonly webhook: string;
  readonly briefing: BriefingId;
  /** Null: what the journal holds and it has not been told. */
  readonly notice: Notice | null;
}

/** How many events go into one body at the most. */
const batch = 100;
/** An address that has given nothing but failures for so long, and so many, is told no more. */
const giveUp = { afterMs: 24 * 3_600_000, failures: 20 } as const;
/** What happens within so long is told together; milliseconds. */
const gatherMs = 40;
const gone = 410;

/** From a second to ten minutes, not all at the same moment. */
const usualRetryDelay = (attempts: number): number =>
  Math.min(1_000 * 2 ** attempts, 600_000) * (0.8 + Math.random() * 0.4);

/**
 * Tells other systems what happens: of each briefing in the order of its journal, every event at
 * least once. How far an address has been told stands in Redis; jobs only say that there is more.
 */
export class Webhooks {
  readonly #o: WebhooksOptions;
  readonly #jobs: JobQueue<Delivery>;
  readonly #heads = new Map<BriefingId, Version>();
  readonly #soon = new Map<BriefingId, NodeJS.Timeout>();
  #known: readonly KeptWebhook[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  static async create(o: WebhooksOptions): Promise<Webhooks> {
    const made: { webhooks?: Webhooks } = {};
    const jobs = await createQueue<Delivery>({
      connections: o.connections,
      name: 'webhooks',
      retryDelay: o.retryDelay ?? usualRetryDelay,
      failedSeconds: 30 * 86_400,
      perform: async (delivery, id) => {
        if (!made.webhooks) throw new Error('not ready yet');
        await made.webhooks.#deliver(delivery, id);
      },
    });
    const webhooks = new Webhooks(o, jobs);
    made.webhooks = webhooks;
    await webhooks.#look();
    return webhooks;
  }

  private constructor(o: WebhooksOptions, jobs: JobQueue<Delivery>) {
    this.#o = o;
    this.#jobs = jobs;
  }

  /** For people to look into. */
  get queue() {
    return this.#jobs.queue;
  }

  async list(): Promise<readonly Webhook[]> {
    return (await this.#o.store.all()).map(({ since: _, ...webhook }) => webhook);
  }

  async add(
    wish: Pick<Webhook, 'url' | 'briefing' | 'events'>,
  ): Promise<
    | { readonly ok: true; readonly webhook: Webhook; readonly secret: string }
    | { readonly ok: false; readonly refusal: 'addressNotAllowed' }
  > {
    const { sender, store, secretOf, now } = this.#o;
    if (!(await sender.mayTell(wish.url))) return { ok: false, refusal: 'addressNotAllowed' };
    const { url, briefing, events } = wish;
    const webhook = { id: randomUUID(), url, briefing, events, disabledSince: null };
    await store.put({ ...webhook, since: now() });
    await this.#refresh();
    return { ok: true, webhook, secret: secretOf(webhook.id) };
  }

  async remove(id: string): Promise<boolean> {
    const removed = await this.#o.store.remove(id);
    await this.#refresh();
    return removed;
  }

  /** A briefing's journal has come so far. Called by every server; it is told once. */
  follow(briefing: BriefingId, version: Version): void {
    this.#heads.set(briefing, version);
    if (this.#closed || this.#soon.has(briefing) || !this.#known.some(tells(briefing))) return;
    const timer = setTimeout(() => {
      this.#soon.delete(briefing);
      for (const hook of this.#known.filter(tells(briefing))) this.#set(hook, briefing);
    }, gatherMs);
    this.#soon.set(briefing, timer);
  }

  forget(briefing: BriefingId): void {
    this.#heads.delete(briefing);
  }

  /** Tells of a notice, as of an event of the kind `notice.<kind>`. */
  async tell(briefing: BriefingId, notice: Notice): Promise<void> {
    // What another server has just added counts here too.
    const hooks = (await this.#o.store.all()).filter(tells(briefing));
    for (const { id } of hooks.filter((hook) => wants(hook, `notice.${notice.kind}`))) {
      await this.#jobs.schedule({
        id: `${id}-${notice.id}`,
        name: notice.kind,
        delayMs: 0,
        data: { webhook: id, briefing, notice },
      });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const timer of this.#soon.values()) clearTimeout(timer);
    await this.#jobs.close();
  }

  #set({ id }: KeptWebhook, briefing: BriefingId): void {
    const version = this.#heads.get(briefing);
    if (version === undefined) return;
    void this.#jobs.schedule({
      id: `${id}-${briefing}-${version}`,
      name: 'events',
      delayMs: 0,
      data: { webhook: id, briefing, notice: null },
      oneOf: `${id}-${briefing}`,
    });
  }

  /** What others have added has to hear of all that happened since. */
  async #refresh(): Promise<void> {
    const before = new Set(this.#known.map(({ id }) => id));
    this.#known = (await this.#o.store.all()).filter(({ disabledSince }) => disabledSince === null);
    const fresh = this.#known.filter(({ id }) => !before.has(id));
    for (const briefing of this.#heads.keys()) {
      for (const hook of fresh.filter(tells(briefing))) this.#set(hook, briefing);
    }
  }

  async #look(): Promise<void> {
    await this.#refresh().catch((err: unknown) => {
      this.#o.log.debug({ err }, 'webhooks not read');
    });
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#look(), this.#o.lookMs ?? 2_000);
  }

  async #deliver({ webhook: id, briefing, notice }: Delivery, job: string): Promise<void> {
    const webhook = await this.#o.store.get(id);
    if (!webhook || webhook.disabledSince !== null) return;
    if (notice) {
      if (this.#o.now() >= notice.until) throw new GivenUp('too late to say');
      await this.#post(webhook, { delivery: job, content: { briefing, notice } });
    } else await this.#deliverEvents(webhook, briefing);
  }

  async #deliverEvents(webhook: KeptWebhook, briefing: BriefingId): Promise<void> {
    const { store, shown, open } = this.#o;
    const { id, since } = webhook;
    const journal = await open(briefing);
    let told = (await store.toldUpTo(id, briefing)) ?? 0;
    while (journal && !this.#closed) {
      const read = await journal.read(told, batch);
      const last = read.at(-1);
      if (!last) return;
      const events = read
        .filter(({ at, event }) => at >= since && wants(webhook, event.type))
        .map(shown)
        // The command's id is between its page and us.
        .map(({ version, at, by, event }) => ({ version, at, by, event }));
      if (events.length > 0) {
        const delivery = `${id}-${briefing}-${events[0]?.version}`;
        await this.#post(webhook, { delivery, content: { briefing, events } });
      }
      await store.noteTold(id, briefing, last.version);
      told = last.version;
    }
    // Another server, or this one when it is back, goes on from there.
    if (journal && this.#closed) throw new Error('this server ends');
  }

  /** @throws Error when it is to be tried again, GivenUp when it never will be. */
  async #post(
    { id, url }: KeptWebhook,
    { delivery, content }: { readonly delivery: string; readonly content: object },
  ): Promise<void> {
    const { sender, secretOf, store } = this.#o;
    const body = JSON.stringify({ webhook: id, delivery, ...content });
    let why: unknown;
    try {
      const status = await sender.post({ url, secret: secretOf(id), delivery, body });
      if (status >= 200 && status < 300) return await store.noteSuccess(id);
      if (status === gone) await this.#disable(id, 'it is gone');
      why = new Error(`answered ${status}`);
    } catch (error) {
      if (error instanceof GivenUp) throw error;
      why = error;
    }
    const { now } = this.#o;
    const { failures, failingSince } = await store.noteFailure(id, now());
    const tooLong = now() - (failingSince ?? now()) >= giveUp.afterMs;
    if (tooLong && failures >= giveUp.failures) await this.#disable(id, `${failures} failures`);
    throw why;
  }

  /** @throws GivenUp, always. */
  async #disable(id: string, why: string): Promise<never> {
    const { store, now, log } = this.#o;
    const webhook = await store.get(id);
    if (webhook) await store.put({ ...webhook, disabledSince: now() });
    await this.#refresh();
    log.warn({ webhook: id, why }, 'webhook disabled');
    throw new GivenUp(why);
  }
}

const tells =
  (briefing: BriefingId) =>
  (hook: KeptWebhook): boolean =>
    hook.briefing === null || hook.briefing === briefing;

const wants = ({ events }: KeptWebhook, kind: string): boolean =>
  events.length === 0 || events.includes(kind);
