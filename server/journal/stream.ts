import { ErrorReply } from 'redis';
import type { Version } from '../domain/ids.ts';
import type { RedisLink } from './connect.ts';
import { type Entry, entryFromMessage, entryId } from './entry.ts';

/**
 * What became of an append. `failed`: Redis said no, nothing was written. `unknown`: the connection
 * broke before the reply, so the events may be in the journal or not.
 */
export type AppendOutcome =
  | { readonly kind: 'appended'; readonly head: Version }
  | { readonly kind: 'current'; readonly head: Version }
  | NotAppended;

export type NotAppended =
  | { readonly kind: 'conflict'; readonly head: Version; readonly entries: readonly Entry[] }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'unknown'; readonly error: Error };

type Reply = readonly ['appended' | 'current' | 'conflict', number, RawEntries?];
type RawEntries = readonly (readonly [id: string, fields: readonly string[]])[];

/** How many entries one read brings; long journals are read in several. */
const pageSize = 1_000;

/** One briefing's stream in Redis: appending with a check, and reading from a version on. */
export class JournalStream {
  readonly key: string;
  readonly #redis: RedisLink;

  constructor(redis: RedisLink, key: string) {
    this.#redis = redis;
    this.key = key;
  }

  async append(expected: Version, texts: readonly string[]): Promise<AppendOutcome> {
    try {
      const reply = (await this.#redis.appendEvents(this.key, [
        String(expected),
        ...texts,
      ])) as Reply;
      const [kind, head, raw = []] = reply;
      if (kind !== 'conflict') return { kind, head };
      return {
        kind,
        head,
        entries: raw.map(([id, fields]) => ({
          version: Number.parseInt(id, 10),
          text: fields[1] ?? '',
        })),
      };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { kind: error instanceof ErrorReply ? 'failed' : 'unknown', error };
    }
  }

  /** The entries from this version on, itself included, a page at a time. */
  async *from(version: Version): AsyncGenerator<readonly Entry[]> {
    let next = version;
    for (;;) {
      const page = await this.#redis.xRange(this.key, entryId(next), '+', { COUNT: pageSize });
      const entries = (page ?? []).map(entryFromMessage);
      yield entries;
      if (entries.length < pageSize) return;
      next = (entries.at(-1)?.version ?? next) + 1;
    }
  }
}
