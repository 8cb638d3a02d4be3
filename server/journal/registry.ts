import type { BriefingId, Instant } from '../domain/ids.ts';
import { writtenToReplicas } from './confirm.ts';
import type { RedisLink } from './connect.ts';
import { registryKey } from './keys.ts';

export interface RegistryOptions {
  readonly redis: RedisLink;
  /** How many replicas must have a name before it counts as written. */
  readonly replicas?: number;
  readonly prefix?: string;
}

/**
 * Which briefings there are: names alone, in the order in which they were made. What each of them
 * is stands in its own journal, and nowhere else.
 */
export class Registry {
  readonly #redis: RedisLink;
  readonly #replicas: number;
  readonly #key: string;

  constructor({ redis, replicas = 0, prefix }: RegistryOptions) {
    this.#redis = redis;
    this.#replicas = replicas;
    this.#key = registryKey(prefix);
  }

  /** Harmless to repeat. @throws Error while Redis is away. */
  async add(briefing: BriefingId, madeAt: Instant): Promise<void> {
    const member = { score: madeAt, value: briefing };
    await this.#redis.zAdd(this.#key, member, { condition: 'NX' });
    await writtenToReplicas(this.#redis, this.#replicas);
  }

  /** @throws Error while Redis is away. */
  async has(briefing: BriefingId): Promise<boolean> {
    return (await this.#redis.zScore(this.#key, briefing)) !== null;
  }

  /** @throws Error while Redis is away. */
  all(): Promise<readonly BriefingId[]> {
    return this.#redis.zRange(this.#key, 0, -1);
  }
}
