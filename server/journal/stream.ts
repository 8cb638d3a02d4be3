import { ErrorReply } from 'redis';
import type { Version } from '../domain/ids.ts';
import { readFromReplicas, writtenToReplicas } from './confirm.ts';
import type { RedisLink } from './connect.ts';
import { type Entry, entryFromMessage, entryId } from './entry.ts';
import type { BriefingKeys } from './keys.ts';

/**
 * What became of an append. `halted`: the journal has lost this version, which some server has
 * seen. `failed`: Redis said no, nothing was written. `unknown`: the connection broke before the
 * reply, or too few replicas have it, so the events may be in the journal for good or not.
 */
export type AppendOutcome =
  | { readonly kind: 'appended'; readonly head: Version }
  | { readonly kind: 'current'; readonly head: Version }
  | NotAppended;

export type NotAppended =
  | { readonly kind: 'conflict'; readonly head: Version; readonly entries: readonly Entry[] }
  | { readonly kind: 'halted'; readonly seen: Version }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'unknown'; readonly error: Error };

type Reply = readonly ['appended' | 'current' | 'conflict' | 'halted', number, RawEntries?];
type RawEntries = readonly (readonly [id: string, fields: readonly string[]])[];

/** How many entries one read brings; long journals are read in several. */
const pageSize = 1_000;

export interface StreamOptions {
  readonly redis: RedisLink;
  readonly keys: Pick<BriefingKeys, 'journal' | 'halt'>;
  /** How many replicas must have an event before it is given out as written, or as read. */
  readonly replicas?: number;
}

/** One briefing's stream in Redis: appending with a check, and reading from a version on. */
export class JournalStream {
  readonly key: string;
  readonly #redis: RedisLink;
  readonly #keys: readonly [string, string];
  readonly #replicas: number;

  constructor({ redis, keys, replicas = 0 }: StreamOptions) {
    this.#redis = redis;
    this.key = keys.journal;
    this.#keys = [keys.journal, keys.halt];
    this.#replicas = replicas;
  }

  async append(expected: Version, texts: readonly string[]): Promise<AppendOutcome> {
    const redis = this.#redis;
    let kind: Reply[0] | undefined;
    try {
      const args = [String(expected), ...texts];
      const reply = (await redis.appendEvents(this.#keys, args)) as Reply;
      kind = reply[0];
      const [, head, raw = []] = reply;
      if (kind === 'halted') return { kind, seen: head };
      if (kind === 'appended') await writtenToReplicas(redis, this.#replicas);
      if (kind !== 'conflict') return { kind, head };
      await readFromReplicas(redis, this.#replicas);
      return { kind, head, entries: raw.map(entryFromRaw) };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const nothingDone = kind === undefined ? error instanceof ErrorReply : kind === 'conflict';
      return { kind: nothingDone ? 'failed' : 'unknown', error };
    }
  }

  /**
   * Halts the journal for all servers, since it has lost the version given; `resumed` when people
   * have accepted that already.
   */
  async halt(seen: Version): Promise<'halted' | 'resumed'> {
    const reply = await this.#redis.haltJournal(this.#keys, [String(seen)]);
    return (reply as readonly ['halted' | 'resumed', number])[0];
  }

  /**
   * The entries from this version on, itself included, a page at a time.
   * @throws NotReplicated, or Error when the connection breaks.
   */
  async *from(version: Version): AsyncGenerator<readonly Entry[]> {
    let next = version;
    for (;;) {
      const page = await this.#redis.xRange(this.key, entryId(next), '+', { COUNT: pageSize });
      await readFromReplicas(this.#redis, this.#replicas);
      const entries = (page ?? []).map(entryFromMessage);
      yield entries;
      if (entries.length < pageSize) return;
      next = (entries.at(-1)?.version ?? next) + 1;
    }
  }
}

const entryFromRaw = ([id, fields]: RawEntries[number]): Entry => ({
  version: Number.parseInt(id, 10),
  text: fields[1] ?? '',
});
