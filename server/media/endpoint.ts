import {
  type ConsumerOffer,
  type Demand,
  type Source,
  streamKey,
} from '../../sfu/protocol/media.ts';
import type { EndpointPlan } from '../../sfu/protocol/requests.ts';
import { type Leg, legEndpoint } from '../protocol/legs.ts';
import type { TellMap } from '../protocol/wire.ts';
import type { NodeLink } from './nodeLink.ts';

export type MediaTell =
  | 'media.consumers'
  | 'media.demand'
  | 'media.route'
  | 'media.standby'
  | 'media.reset';

/** How the media side speaks to one browser page. */
export interface PageWire {
  /** The page load, not the socket: a socket that reconnects within it finds its endpoints again. */
  readonly page: string;
  tell<E extends MediaTell>(event: E, ...args: Parameters<TellMap[E]>): void;
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

export type Receive = EndpointPlan['receive'][number];

/**
 * One leg of a participant, as this server knows it. While the page's socket is away, what it
 * should be told is gathered, so that media goes on untouched over a short drop of the signalling.
 */
export class Endpoint {
  /** By what media nodes know it. */
  readonly id: string;
  readonly leg: Leg;
  readonly home: Home;
  /** Since when it is the active leg, as this server knows; monotonic, milliseconds. */
  activeSince = performance.now();
  standby: boolean;
  /** Media has been moved away from it: it goes on as it is for a moment, and is then closed. */
  leaving = false;
  /** Content of the plan that the node last took; undefined: it must be sent again. */
  planned: string | undefined;
  /** What the node was last told to receive, flowing or held, by stream. */
  receiving: ReadonlyMap<string, Receive> = new Map();
  /** Whether the node has been told everything that this leg is to make ready. */
  prepared = false;
  /**
   * It was here before this server knew of it, with all that had been made ready: until the first
   * plan, which is therefore a whole one. Half a plan would take the rest away.
   */
  adopted: boolean;
  readonly #wire: () => PageWire | undefined;
  /** Consumers that the page has said to have made. */
  readonly #made = new Set<string>();
  readonly #added = new Map<string, ConsumerOffer>();
  readonly #removed = new Set<string>();
  #complete = false;
  readonly #demand = new Map<Source, Demand>();

  constructor(o: {
    participant: string;
    leg: Leg;
    home: Home;
    standby: boolean;
    adopted: boolean;
    wire: () => PageWire | undefined;
  }) {
    this.id = legEndpoint(o.participant, o.leg);
    this.leg = o.leg;
    this.home = o.home;
    this.standby = o.standby;
    this.adopted = o.adopted;
    this.#wire = o.wire;
  }

  /** Whether the page has made all that is to be received here. */
  get settled(): boolean {
    return this.prepared && this.#made.size >= this.receiving.size;
  }

  /** The order that its node is now sent. */
  plan({ receive }: EndpointPlan, o: { content: string; prepare: boolean }): void {
    this.planned = o.content;
    this.prepared = o.prepare;
    this.adopted = false;
    this.receiving = new Map(receive.map((r) => [streamKey(r.stream), r]));
  }

  consumers(change: ConsumersChange): void {
    if (change.complete) {
      this.#added.clear();
      this.#removed.clear();
      this.#made.clear();
      this.#complete = true;
    }
    for (const offer of change.added) this.#added.set(offer.id, offer);
    for (const id of change.removed) {
      this.#made.delete(id);
      if (!this.#added.delete(id)) this.#removed.add(id);
    }
    this.#flush();
  }

  ready(consumers: readonly string[]): void {
    for (const id of consumers) this.#made.add(id);
  }

  demand(source: Source, demand: Demand): void {
    this.#demand.set(source, demand);
    this.#wire()?.tell('media.demand', { leg: this.leg, wanted: [{ source, demand }] });
  }

  /** The page's socket is back: it is told what it has missed. */
  resume(): void {
    this.#flush();
    const wanted = [...this.#demand].map(([source, demand]) => ({ source, demand }));
    if (wanted.length > 0) this.#wire()?.tell('media.demand', { leg: this.leg, wanted });
  }

  #flush(): void {
    const nothing = this.#added.size === 0 && this.#removed.size === 0 && !this.#complete;
    const wire = this.#wire();
    if (!wire || nothing) return;
    wire.tell('media.consumers', {
      leg: this.leg,
      added: [...this.#added.values()],
      removed: [...this.#removed],
      ...(this.#complete ? { complete: true } : {}),
    });
    this.#added.clear();
    this.#removed.clear();
    this.#complete = false;
  }
}
