import { ErrorReply } from 'redis';
import type { BriefingId, Instant } from '../domain/ids.ts';
import type { Actor } from '../domain/permits.ts';
import { canonicalJson } from './canonical.ts';
import { isSection, longestSection, type MinutesText, unwritten } from './minutesText.ts';

/** As much of a Redis connection as the store needs; main.ts hands it over. */
export interface MinutesRedis {
  xAdd(key: string, id: string, message: Record<string, string>): Promise<unknown>;
  xRange(key: string, start: string, end: string): Promise<readonly StreamMessage[] | null>;
  xRevRange(
    key: string,
    end: string,
    start: string,
    options: { readonly COUNT: number },
  ): Promise<readonly StreamMessage[] | null>;
}

interface StreamMessage {
  readonly id: unknown;
  readonly message: object;
}

export interface MinutesStoreOptions {
  readonly redis: MinutesRedis;
  /**
   * Waits until enough replicas have what was just written (the journal's `writtenToReplicas`);
   * called in the very turn in which Redis has answered. Rejects when they have not.
   */
  readonly replicated?: () => Promise<void>;
  readonly prefix?: string;
}

export interface Edit {
  readonly briefing: BriefingId;
  /** The version that the writer saw; 0 for the minutes as built. */
  readonly base: number;
  /** Null: what was built holds again. */
  readonly changes: Readonly<Record<string, string | null>>;
  readonly by: Actor;
  readonly at: Instant;
}

/** staleVersion: somebody else has written since; `current` is what stands there now. */
export type Saved =
  | { readonly ok: true; readonly text: MinutesText }
  | { readonly ok: false; readonly refusal: 'staleVersion'; readonly current: MinutesText }
  | { readonly ok: false; readonly refusal: 'unknownSection' | 'textTooLong' };

/**
 * What secretaries write into minutes: a stream for each briefing whose entry ids are the versions,
 * each entry the whole of the text. Redis refuses an id that is there, so of two who write at once
 * one is refused; nothing is ever overwritten.
 */
export class MinutesStore {
  readonly #o: MinutesStoreOptions;

  constructor(o: MinutesStoreOptions) {
    this.#o = o;
  }

  /** The newest text. Rejects while Redis is away, as all of these do. */
  async latest(briefing: BriefingId): Promise<MinutesText> {
    const found = await this.#o.redis.xRevRange(this.#key(briefing), '+', '-', { COUNT: 1 });
    return found?.[0] ? textFrom(found[0]) : unwritten;
  }

  /** Every version that was written, the oldest first. */
  async versions(briefing: BriefingId): Promise<MinutesText[]> {
    const found = await this.#o.redis.xRange(this.#key(briefing), '-', '+');
    return (found ?? []).map(textFrom);
  }

  async save(edit: Edit): Promise<Saved> {
    const { briefing, base, changes, by, at } = edit;
    if (!Object.keys(changes).every(isSection)) return { ok: false, refusal: 'unknownSection' };
    const long = Object.values(changes).some((each) => (each?.length ?? 0) > longestSection);
    if (long) return { ok: false, refusal: 'textTooLong' };
    const current = await this.latest(briefing);
    if (current.version !== base) return conflict(current, edit);
    const text = { version: base + 1, sections: changed(current.sections, changes), by, at };
    try {
      const { version, ...kept } = text;
      await this.#o.redis.xAdd(this.#key(briefing), `${version}-0`, { t: JSON.stringify(kept) });
      await this.#o.replicated?.();
      return { ok: true, text };
    } catch (error) {
      if (!(error instanceof ErrorReply) || !/equal or smaller/.test(error.message)) throw error;
      return conflict(await this.latest(briefing), edit);
    }
  }

  /** Beside the journal's keys, and on the same node of a cluster by the same hash tag. */
  #key(briefing: BriefingId): string {
    return `${this.#o.prefix ?? 'diemcau'}:{${briefing}}:minutes`;
  }
}

/** One whose answer was lost may ask again: what stands there then is what it wrote. */
function conflict(current: MinutesText, { base, changes, by }: Edit): Saved {
  const own =
    current.version === base + 1 &&
    canonicalJson(current.by) === canonicalJson(by) &&
    canonicalJson(changed(current.sections, changes)) === canonicalJson(current.sections);
  return own ? { ok: true, text: current } : { ok: false, refusal: 'staleVersion', current };
}

function changed(
  sections: MinutesText['sections'],
  changes: Edit['changes'],
): Record<string, string> {
  const all = Object.entries({ ...sections, ...changes });
  return Object.fromEntries(
    all.flatMap(([id, text]) => (text === null ? [] : [[id, text] as const])),
  );
}

/** Only this store writes there, so the shape is trusted. */
function textFrom({ id, message }: StreamMessage): MinutesText {
  const { t = '{}' } = message as { t?: string };
  const kept = JSON.parse(t) as Omit<MinutesText, 'version'>;
  return { version: Number.parseInt(String(id), 10), ...kept };
}
