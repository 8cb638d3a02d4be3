import type { Logger } from 'pino';
import type { Version } from '../domain/ids.ts';
import type { RedisLink } from './connect.ts';
import { type Entry, entryFromMessage, entryId } from './entry.ts';

export interface Watch {
  /** The stream's key. */
  readonly stream: string;
  /** The version after which entries are wanted, or undefined for none; asked for each read. */
  readonly after: () => Version | undefined;
  readonly onEntries: (entries: readonly Entry[]) => void;
}

export interface TailOptions {
  /** A connection of its own (`blocking`): it waits inside Redis most of the time. Closed here. */
  readonly redis: RedisLink;
  readonly log: Logger;
  /** The longest that one read waits, and so that a new briefing waits to be read; milliseconds. */
  readonly blockMs?: number;
}

const retryMs = 50;

/** What other servers append: one waiting read for all the briefings of this server. */
export class Tail {
  readonly #redis: RedisLink;
  readonly #log: Logger;
  readonly #blockMs: number;
  readonly #watches = new Map<string, Watch>();
  #wake: () => void = () => {};
  #closed = false;
  readonly #loop: Promise<void>;

  constructor({ redis, log, blockMs = 200 }: TailOptions) {
    this.#redis = redis;
    this.#log = log;
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
      else if (!(await this.#read())) await this.#woken(retryMs);
    }
  }

  /** False when Redis is away (the connection comes back by itself) or nothing is wanted now. */
  async #read(): Promise<boolean> {
    const streams = [...this.#watches.values()].flatMap(({ stream, after }) => {
      const version = after();
      return version === undefined ? [] : [{ key: stream, id: entryId(version) }];
    });
    if (streams.length === 0) return false;
    let found: readonly Found[];
    try {
      const options = { BLOCK: this.#blockMs, COUNT: 1_000 };
      found = ((await this.#redis.xRead(streams, options)) ?? []) as readonly Found[];
    } catch (error) {
      if (!this.#closed) this.#log.debug({ err: error }, 'journal tail interrupted');
      return false;
    }
    for (const { name, messages } of found) {
      this.#watches.get(name)?.onEntries(messages.map(entryFromMessage));
    }
    return true;
  }

  #woken(afterMs?: number): Promise<void> {
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
