import { type ConsumerOffer, type Demand, type StreamRef, streamKey } from '../protocol/media.ts';
import type { ReportMap } from '../protocol/reports.ts';
import type { Endpoint } from './endpoint.ts';
import type { EndpointLevel } from './levels.ts';
import type { ServerLink } from './owner.ts';

type StreamChange =
  | { readonly there: true; readonly stream: StreamRef & { readonly standby: boolean } }
  | { readonly there: false; readonly stream: StreamRef };

type Changes<E extends 'consumers' | 'demand'> = Parameters<ReportMap[E]>[0];

interface ConsumerChange {
  /** `added` is all that there is. */
  complete: boolean;
  readonly added: Map<string, ConsumerOffer>;
  readonly removed: Set<string>;
}

/**
 * Gathers what happens in one tick and tells it in one message for each space and server, so
 * that a floor change seen by 71 endpoints is one message and not 71.
 */
export class Outbox {
  readonly #everybody: () => Iterable<ServerLink>;
  readonly #consumers = new Map<Endpoint, ConsumerChange>();
  readonly #demands = new Map<Endpoint, Map<string, { stream: StreamRef; demand: Demand }>>();
  readonly #streams = new Map<string, Map<string, StreamChange>>();
  #scheduled = false;

  constructor(everybody: () => Iterable<ServerLink>) {
    this.#everybody = everybody;
  }

  consumerMade(endpoint: Endpoint, offer: ConsumerOffer): void {
    this.#consumersOf(endpoint).added.set(offer.id, offer);
  }

  consumerGone(endpoint: Endpoint, consumer: string): void {
    const change = this.#consumersOf(endpoint);
    if (!change.added.delete(consumer)) change.removed.add(consumer);
  }

  /** To a new owner, who knows of none. */
  allConsumers(endpoint: Endpoint, offers: readonly ConsumerOffer[]): void {
    const change = this.#consumersOf(endpoint);
    change.complete = true;
    change.removed.clear();
    for (const offer of offers) change.added.set(offer.id, offer);
  }

  demand(endpoint: Endpoint, stream: StreamRef, demand: Demand): void {
    const ofEndpoint = this.#demands.get(endpoint) ?? new Map();
    this.#demands.set(endpoint, ofEndpoint.set(stream.source, { stream, demand }));
    this.#schedule();
  }

  /** It has come, or its endpoint has begun or ceased to stand by. */
  streamThere(space: string, stream: StreamRef & { readonly standby: boolean }): void {
    this.#stream(space, { there: true, stream });
  }

  streamGone(space: string, stream: StreamRef): void {
    this.#stream(space, { there: false, stream });
  }

  /** At once: it is the only word of its kind in this moment, and it soon grows old. */
  levels(space: string, levels: readonly EndpointLevel[]): void {
    for (const link of this.#everybody()) link.tell('levels', { space, levels });
  }

  /** The endpoint is no more: nobody waits for news of it. */
  forget(endpoint: Endpoint): void {
    this.#consumers.delete(endpoint);
    this.#demands.delete(endpoint);
  }

  #stream(space: string, change: StreamChange): void {
    const ofSpace = this.#streams.get(space) ?? new Map<string, StreamChange>();
    this.#streams.set(space, ofSpace.set(streamKey(change.stream), change));
    this.#schedule();
  }

  #consumersOf(endpoint: Endpoint): ConsumerChange {
    const change = this.#consumers.get(endpoint) ?? {
      complete: false,
      added: new Map(),
      removed: new Set(),
    };
    this.#consumers.set(endpoint, change);
    this.#schedule();
    return change;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    this.#tellStreams();
    const consumers = byOwner<Changes<'consumers'>['endpoints'][number]>();
    for (const [endpoint, { complete, added, removed }] of this.#consumers) {
      if (added.size + removed.size === 0 && !complete) continue;
      const { id, incarnation } = endpoint;
      consumers.add(endpoint, {
        endpoint: id,
        incarnation,
        added: [...added.values()],
        removed: [...removed],
        ...(complete && { complete }),
      });
    }
    const demands = byOwner<Changes<'demand'>['streams'][number]>();
    for (const [endpoint, streams] of this.#demands) {
      for (const change of streams.values()) demands.add(endpoint, change);
    }
    this.#consumers.clear();
    this.#demands.clear();
    consumers.each((link, space, endpoints) => link.tell('consumers', { space, endpoints }));
    demands.each((link, space, streams) => link.tell('demand', { space, streams }));
  }

  #tellStreams(): void {
    for (const [space, changes] of this.#streams) {
      const list = [...changes.values()];
      const added = list.flatMap((c) => (c.there ? [c.stream] : []));
      const removed = list.flatMap((c) => (c.there ? [] : [c.stream]));
      for (const link of this.#everybody()) link.tell('streams', { space, added, removed });
    }
    this.#streams.clear();
  }
}

/** Sorts items by their endpoint's owner and space; endpoints without an owner are left out. */
function byOwner<T>() {
  const lists = new Map<ServerLink, Map<string, T[]>>();
  return {
    add(endpoint: Endpoint, item: T): void {
      const { owner, space } = endpoint;
      if (!owner) return;
      const spaces = lists.get(owner) ?? new Map<string, T[]>();
      lists.set(owner, spaces);
      const list = spaces.get(space) ?? [];
      spaces.set(space, list);
      list.push(item);
    },
    each(tell: (link: ServerLink, space: string, items: T[]) => void): void {
      for (const [link, spaces] of lists) {
        for (const [space, items] of spaces) tell(link, space, items);
      }
    },
  };
}
