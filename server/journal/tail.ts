import type { Logger } from 'pino';
import type { Version } from '../domain/ids.ts';
import { readFromReplicas } from './confirm.ts';
import type { RedisLink } from './connect.ts';
import { type Entry, entryFromMessage, entryId } from './entry.ts';

export interface Watch {
  /** The stream's key. */
  readonly stream: string;
  /** The version after which entries are wanted, or undefined for none; asked for each read. */
  readonly after: () => Version | undefined;
  /** Answers whether any of them was new. */
  readonly onEntries: (entries: readonly Entry[]) => boolean;
}

export interface TailOptions {
  /** A connection of its own (`blocking`): it waits inside Redis most of the time. Closed here. */
  readonly redis: RedisLink;
  readonly log: Logger;
  /** How many replicas must have an entry before it is believed. */
  readonly replicas?: number;
  /** The longest that one read waits, and so that a new briefing waits to be read; milliseconds. */
  readonly blockMs?: number;
}

const retryMs = 50;
/**
 * How long to leave a journal alone after a read that brought only what this server had appended
 * itself: reading its own words again would take a busy server a third of its time, and what others
 * write meanwhile it hears at once from its own appends.
 */
const echoMs = 10;

/** What other servers append: one waiting read for all the briefings of this server. */
export class Tail {
  readonly #redis: RedisLink;
  readonly #log: Logger;
  readonly #replicas: number;
  readonly #blockMs: number;
  readonly #watches = new Map<string, Watch>();
  #wake: () => void = () => {};
  #closed = false;
  readonly #loop: Promise<void>;

  constructor({ redis, log, replicas = 0, blockMs = 200 }: TailOptions) {
    this.#redis = redis;
    this.#log = log;
    this.#replicas = replicas;
    this.#blockMs = blockMs;
    this.#loop = this.#run();
  }

  /** Reads a stream from now on; returns how to stop that. */
  watch(watch: Watch): () => void {
    this.#watches.set(watch.stream, watch);
    this.#wake();
    return () => {
      if (this.#watches.get(watch.stream) === watch) this.#watches.delete(watch.stream);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    this.#redis.destroy();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      if (this.#watches.size === 0) await this.#woken();
      else await this.#woken(await this.#read());
    }
  }

  /** How long to wait before the next read, in milliseconds. */
  async #read(): Promise<number> {
    const streams = [...this.#watches.values()].flatMap(({ stream, after }) => {
      const version = after();
      return version === undefined ? [] : [{ key: stream, id: entryId(version) }];
    });
    if (streams.length === 0) return retryMs;
    let found: readonly Found[];
    try {
      const options = { BLOCK: this.#blockMs, COUNT: 1_000 };
      found = ((await this.#redis.xRead(streams, options)) ?? []) as readonly Found[];
      if (found.some((each) => this.#isNews(each))) {
        await readFromReplicas(this.#redis, this.#replicas);
      }
    } catch (error) {
      if (!this.#closed) this.#log.debug({ err: error }, 'journal tail interrupted');
      // Redis is away; the connection comes back by itself.
      return retryMs;
    }
    let fresh = found.length === 0;
    for (const { name, messages } of found) {
      if (this.#watches.get(name)?.onEntries(messages.map(entryFromMessage))) fresh = true;
    }
    return fresh ? 0 : echoMs;
  }

  #isNews({ name, messages }: Found): boolean {
    const last = messages.at(-1);
    const known = this.#watches.get(name)?.after();
    return last !== undefined && known !== undefined && entryFromMessage(last).version > known;
  }

  #woken(afterMs?: number): Promise<void> {
    if (afterMs === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = afterMs === undefined ? undefined : setTimeout(resolve, afterMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

interface Found {
  readonly name: string;
  readonly messages: Parameters<typeof entryFromMessage>[0][];
}
