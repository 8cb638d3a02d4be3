import type { Logger } from 'pino';
import type { ReportMap } from '../protocol/reports.ts';
import type { Directory } from './directory.ts';
import type { Endpoint } from './endpoint.ts';
import type { Clock } from './keyFrameGate.ts';
import type { ServerLink } from './owner.ts';
import type { Space } from './space.ts';

type CloseReason = Parameters<ReportMap['endpointsClosed']>[0]['reason'];

export interface LifecycleOptions {
  readonly directory: Directory;
  readonly links: ReadonlySet<ServerLink>;
  readonly log: Logger;
  readonly clock: Clock;
  /** How long an endpoint lives without a server that cares for it; ms. */
  readonly orphanGraceMs: number;
  /** An endpoint is no more. */
  readonly onGone: () => void;
}

/** How endpoints come to have owners, lose them, and end. */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  readonly #orphans = new Map<Endpoint, () => void>();

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  opened(space: Space, endpoint: Endpoint): void {
    space.add(endpoint);
    endpoint.onBroken(() => this.#closed(space, endpoint, 'transportClosed'));
    if (endpoint.owner && !this.#options.links.has(endpoint.owner)) this.#orphan(space, endpoint);
    this.#options.log.info({ space: space.id, endpoint: endpoint.id }, 'endpoint opened');
  }

  /** The server whose plan was the last is the one that hears of the endpoint. */
  adopt(space: Space, endpoint: Endpoint, link: ServerLink): void {
    this.#keep(endpoint);
    if (endpoint.owner === link) return;
    // Its page has gone to another server: the former one would close it when its own wait ends.
    if (endpoint.owner) this.#tellClosed(space.id, [endpoint], 'takenOver');
    endpoint.owner = link;
    space.adopted(endpoint);
  }

  /** A server's link is gone: what it owned may be taken over within the grace time. */
  ownerGone(link: ServerLink): void {
    for (const space of this.#options.directory.all()) {
      for (const endpoint of space.endpoints.values()) {
        if (endpoint.owner === link) this.#orphan(space, endpoint);
      }
    }
  }

  /** Ends it without a word to its owner, who asked for it. */
  drop(space: Space, endpoint: Endpoint): void {
    this.#keep(endpoint);
    space.remove(endpoint);
    this.#options.log.info({ space: space.id, endpoint: endpoint.id }, 'endpoint closed');
    this.#options.onGone();
  }

  workerLost(): void {
    for (const space of this.#options.directory.clear()) {
      const endpoints = [...space.endpoints.values()];
      for (const endpoint of endpoints) this.drop(space, endpoint);
      space.close();
      this.#tellClosed(space.id, endpoints, 'workerDied');
    }
  }

  close(): void {
    for (const cancel of this.#orphans.values()) cancel();
    this.#orphans.clear();
    for (const space of this.#options.directory.clear()) space.close();
  }

  #orphan(space: Space, endpoint: Endpoint): void {
    endpoint.owner = undefined;
    const { clock, orphanGraceMs } = this.#options;
    const cancel = clock.after(orphanGraceMs, () => this.#closed(space, endpoint, 'orphaned'));
    this.#orphans.set(endpoint, cancel);
  }

  #keep(endpoint: Endpoint): void {
    this.#orphans.get(endpoint)?.();
    this.#orphans.delete(endpoint);
  }

  #closed(space: Space, endpoint: Endpoint, reason: CloseReason): void {
    if (space.endpoints.get(endpoint.id) !== endpoint) return;
    this.drop(space, endpoint);
    this.#options.directory.sweep(space);
    this.#tellClosed(space.id, [endpoint], reason);
  }

  /** The owner is told; of an endpoint without one, every server. */
  #tellClosed(space: string, endpoints: readonly Endpoint[], reason: CloseReason): void {
    const byLink = new Map<ServerLink, { endpoint: string; incarnation: string }[]>();
    for (const { owner, id, incarnation } of endpoints) {
      for (const link of owner ? [owner] : this.#options.links) {
        const list = byLink.get(link) ?? [];
        byLink.set(link, list);
        list.push({ endpoint: id, incarnation });
      }
    }
    for (const [link, list] of byLink) {
      link.tell('endpointsClosed', { space, endpoints: list, reason });
    }
  }
}
