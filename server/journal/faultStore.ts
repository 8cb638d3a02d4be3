import type { Logger } from 'pino';
import type { BriefingId } from '../domain/ids.ts';
import { type FaultEntry, mostFaults } from '../protocol/faults.ts';
import type { RedisLink } from './connect.ts';
import { briefingKeys } from './keys.ts';

/** Servers see the same thing within this time of one another, milliseconds. */
const onceMs = 10_000;
/** From one attempt to write down what could not be written to the next, milliseconds. */
const againMs = 1_000;

interface Waiting {
  readonly briefing: BriefingId;
  readonly entry: FaultEntry;
  readonly once: string | undefined;
}

export interface FaultStoreOptions {
  readonly redis: RedisLink;
  readonly log: Logger;
  readonly prefix?: string;
}

/**
 * The log of faults in Redis: a sorted set by time, so that the same entry from two servers is one,
 * and never longer than what a person reads. It is no journal: nothing is decided from it.
 */
export class FaultStore {
  readonly #o: FaultStoreOptions;
  #waiting: Waiting[] = [];
  #writing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(o: FaultStoreOptions) {
    this.#o = o;
  }

  /** Never fails: what cannot be written now is written later, in order, as far as it is kept. */
  keep(briefing: BriefingId, entry: FaultEntry, once?: string): void {
    this.#waiting.push({ briefing, entry, once });
    if (this.#waiting.length > mostFaults) this.#waiting.shift();
    void this.#write();
  }

  /** Newest first. Rejects while Redis is away. */
  async recent(briefing: BriefingId): Promise<readonly FaultEntry[]> {
    const { redis, prefix } = this.#o;
    const { faults } = briefingKeys(briefing, prefix);
    const members = await redis.zRange(faults, 0, mostFaults - 1, { REV: true });
    // Only servers write here, and only entries.
    return members.map((member) => JSON.parse(member) as FaultEntry);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
  }

  async #write(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    clearTimeout(this.#timer);
    try {
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
        await this.#put(next);
        if (this.#waiting[0] === next) this.#waiting.shift();
      }
    } catch (err) {
      this.#o.log.debug({ err }, 'fault not written yet');
      this.#timer = setTimeout(() => void this.#write(), againMs);
    } finally {
      this.#writing = false;
    }
  }

  async #put({ briefing, entry, once }: Waiting): Promise<void> {
    const { redis, prefix } = this.#o;
    const { faults } = briefingKeys(briefing, prefix);
    if (once !== undefined) {
      const first = await redis.set(`${faults}:once:${once}`, entry.id, {
        condition: 'NX',
        expiration: { type: 'PX', value: onceMs },
      });
      // Its own mark means that the entry itself was not written after it.
      if (first === null && (await redis.get(`${faults}:once:${once}`)) !== entry.id) return;
    }
    await redis.zAdd(faults, { score: entry.at, value: JSON.stringify(entry) });
    await redis.zRemRangeByRank(faults, 0, -(mostFaults + 1));
  }
}
