import type { ConsumerOffer, Demand, Source } from '../../sfu/protocol/media.ts';
import type { TellMap } from '../protocol/wire.ts';
import type { NodeLink } from './nodeLink.ts';

/** How the media side speaks to one browser page. */
export interface PageWire {
  /** The page load, not the socket: a socket that reconnects within it finds its endpoint again. */
  readonly page: string;
  tell<E extends 'media.consumers' | 'media.demand' | 'media.reset'>(
    event: E,
    ...args: Parameters<TellMap[E]>
  ): void;
}

interface ConsumersChange {
  readonly added: readonly ConsumerOffer[];
  readonly removed: readonly string[];
  readonly complete?: boolean;
}

/** Where an endpoint lives on the media plane. */
export interface Home {
  readonly link: NodeLink;
  readonly incarnation: string;
}

/**
 * One page's endpoint as this server knows it. While the page's socket is away, what it should be
 * told is gathered, so that media goes on untouched over a short drop of the signalling.
 */
export class Endpoint {
  readonly id: string;
  readonly page: string;
  home: Home | undefined;
  /** Content of the plan that the node last took; undefined: it must be sent again. */
  planned: string | undefined;
  /** Set while the page's socket is away. */
  holdTimer: NodeJS.Timeout | undefined;
  #wire: PageWire | undefined;
  readonly #added = new Map<string, ConsumerOffer>();
  readonly #removed = new Set<string>();
  #complete = false;
  readonly #demand = new Map<Source, Demand>();

  constructor(o: { id: string; wire: PageWire }) {
    this.id = o.id;
    this.page = o.wire.page;
    this.#wire = o.wire;
  }

  get attached(): boolean {
    return this.#wire !== undefined;
  }

  attach(wire: PageWire): void {
    clearTimeout(this.holdTimer);
    this.holdTimer = undefined;
    this.#wire = wire;
    this.#flush();
    if (this.#demand.size > 0) {
      wire.tell(
        'media.demand',
        [...this.#demand].map(([source, demand]) => ({ source, demand })),
      );
    }
  }

  detach(): void {
    this.#wire = undefined;
  }

  /** A new life on some node: what was told of the former one is void. */
  settle(home: Home): void {
    this.home = home;
    this.planned = undefined;
    this.#forgetConsumers();
    this.#demand.clear();
  }

  /** The node has lost it: the page must ask for a new one. */
  reset(reason: Parameters<TellMap['media.reset']>[0]['reason']): void {
    this.home = undefined;
    this.planned = undefined;
    this.#wire?.tell('media.reset', { reason });
  }

  consumers(change: ConsumersChange): void {
    if (change.complete) {
      this.#added.clear();
      this.#removed.clear();
      this.#complete = true;
    }
    for (const offer of change.added) this.#added.set(offer.id, offer);
    for (const id of change.removed) if (!this.#added.delete(id)) this.#removed.add(id);
    this.#flush();
  }

  demand(source: Source, demand: Demand): void {
    this.#demand.set(source, demand);
    this.#wire?.tell('media.demand', [{ source, demand }]);
  }

  #flush(): void {
    const nothing = this.#added.size === 0 && this.#removed.size === 0 && !this.#complete;
    if (!this.#wire || nothing) return;
    this.#wire.tell('media.consumers', {
      added: [...this.#added.values()],
      removed: [...this.#removed],
      ...(this.#complete ? { complete: true } : {}),
    });
    this.#forgetConsumers();
  }

  #forgetConsumers(): void {
    this.#added.clear();
    this.#removed.clear();
    this.#complete = false;
  }
}
