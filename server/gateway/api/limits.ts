import { RateLimiterMemory } from 'rate-limiter-flexible';

/** What a pass may spend in a minute on what costs a server something: builds, plans, archives. */
const costPerMinute = 120;
/** How often an address may come without a good pass in a minute. */
const strangersPerMinute = 60;

/** How often one may call: each server counts for itself. */
export class Limits {
  readonly #perSecond: RateLimiterMemory;
  readonly #cost = new RateLimiterMemory({ points: costPerMinute, duration: 60 });
  readonly #strangers = new RateLimiterMemory({ points: strangersPerMinute, duration: 60 });

  constructor(perSecond: number) {
    this.#perSecond = new RateLimiterMemory({ points: perSecond, duration: 1 });
  }

  /** `name`: the caller's, never the pass. */
  caller(name: string): Promise<boolean> {
    return allowed(this.#perSecond, name, 1);
  }

  /** To be asked once a request is known to be well-formed: refusing one costs nothing. */
  async spend(name: string, cost: number): Promise<boolean> {
    return cost === 0 || (await allowed(this.#cost, name, cost));
  }

  /** Whoever has a good pass is never held up by those of the same address who have none. */
  stranger(address: string): Promise<boolean> {
    return allowed(this.#strangers, address, 1);
  }
}

async function allowed(limiter: RateLimiterMemory, key: string, points: number): Promise<boolean> {
  try {
    await limiter.consume(key, points);
    return true;
  } catch (error) {
    if (error instanceof Error) throw error;
    return false;
  }
}
