import type { Demand } from '../protocol/media.ts';
import type { Endpoint } from './endpoint.ts';
import { type Wish, wantedNow } from './planDiff.ts';
import type { Pull } from './pull.ts';
import type { Subscription } from './subscription.ts';

/** One stream as the plans of a space want it, and what there is of it on this node. */
export class Wanted {
  /** Its home node, by the newest plan that named one. */
  at: string | undefined;
  token = -1;
  wish: Wish;
  readonly by = new Map<Endpoint, Wish>();
  readonly subscriptions = new Map<Endpoint, Subscription>();
  pull: Pull | undefined;

  constructor(wish: Wish) {
    this.wish = wish;
  }

  /** How much of it is to flow to receivers on this node. */
  get demand(): Demand {
    return wantedNow(this.by.values());
  }
}
