import type { Logger } from 'pino';
import type { ConsumerOffer, Demand, StreamRef } from '../../sfu/protocol/media.ts';
import type { EndpointPlan } from '../../sfu/protocol/requests.ts';
import type { BriefingState } from '../domain/briefing.ts';
import type { BriefingId, SeatId } from '../domain/ids.ts';
import type { Role } from '../domain/permits.ts';
import type { Viewer } from '../domain/routing.ts';
import { Endpoint, type Home, type PageWire } from './endpoint.ts';
import type { NodeLink } from './nodeLink.ts';
import type { Nodes } from './nodes.ts';
import { planContent, planFor } from './plan.ts';

/** How long a refused plan waits before it is sent again, milliseconds. */
const retryMs = 200;

interface EndpointRef {
  readonly endpoint: string;
  readonly incarnation: string;
}

interface SpacePage extends PageWire {
  readonly endpoint: string;
  readonly role: Role;
  readonly seat: SeatId | null;
}

/**
 * One briefing's endpoints of this server, held to what the routing says. Whatever happens (an
 * event, a stream coming up, a node coming back) ends in `reconcile`: all plans that differ from
 * what their nodes last took go out in one batched request to each node.
 */
export class Space {
  readonly id: BriefingId;
  readonly #briefing: { readonly state: BriefingState };
  readonly #nodes: Nodes;
  readonly #log: Logger;
  readonly #endpoints = new Map<string, { endpoint: Endpoint; viewer: Viewer }>();
  /** Consumers that browsers have made since the last tick, by node. */
  readonly #ready = new Map<NodeLink, Map<Endpoint, string[]>>();
  #retry: NodeJS.Timeout | undefined;

  constructor(o: {
    id: BriefingId;
    briefing: { readonly state: BriefingState };
    nodes: Nodes;
    log: Logger;
  }) {
    this.id = o.id;
    this.#briefing = o.briefing;
    this.#nodes = o.nodes;
    this.#log = o.log.child({ briefing: o.id });
  }

  get state(): BriefingState {
    return this.#briefing.state;
  }

  /** The page's endpoint: the one it had before its socket dropped, or a new one. */
  enter(page: SpacePage): Endpoint {
    const before = this.#endpoints.get(page.endpoint)?.endpoint;
    if (before?.page === page.page) {
      // After the welcome, which the caller sends without a pause.
      queueMicrotask(() => before.attach(page));
      return before;
    }
    if (before) this.#drop(before);
    const endpoint = new Endpoint({ id: page.endpoint, wire: page });
    const { role, seat } = page;
    this.#endpoints.set(page.endpoint, { endpoint, viewer: { role, seat } });
    return endpoint;
  }

  /** The page's socket is gone: the endpoint waits `holdMs` for it to come back, then closes. */
  leave(endpoint: Endpoint, holdMs: number): void {
    if (this.#endpoints.get(endpoint.id)?.endpoint !== endpoint) return;
    endpoint.detach();
    endpoint.holdTimer = setTimeout(() => {
      this.#endpoints.delete(endpoint.id);
      this.#drop(endpoint);
      const home = endpoint.home;
      if (home) {
        const { incarnation } = home;
        void home.link.request('closeEndpoint', {
          space: this.id,
          endpoint: endpoint.id,
          incarnation,
        });
      }
    }, holdMs);
  }

  /** False when the endpoint has been replaced or dropped meanwhile. */
  settle(endpoint: Endpoint, home: Home): boolean {
    if (this.#endpoints.get(endpoint.id)?.endpoint !== endpoint) return false;
    endpoint.settle(home);
    this.reconcile();
    return true;
  }

  reconcile(): void {
    const batches = new Map<NodeLink, { plans: EndpointPlan[]; endpoints: Endpoint[] }>();
    for (const { endpoint, viewer } of this.#endpoints.values()) {
      const { home } = endpoint;
      if (!home?.link.connected) continue;
      const { link, incarnation } = home;
      const plan = planFor({
        state: this.state,
        viewer,
        endpoint: endpoint.id,
        homeOf: (stream) => this.#nodes.homeOf(this.id, stream),
      });
      const content = planContent(plan);
      if (content === endpoint.planned) continue;
      endpoint.planned = content;
      const batch = batches.get(link) ?? { plans: [], endpoints: [] };
      batches.set(link, batch);
      batch.plans.push({ ...plan, incarnation });
      batch.endpoints.push(endpoint);
    }
    for (const [link, { plans, endpoints }] of batches) void this.#apply(link, plans, endpoints);
  }

  /** Readiness of many browsers, gathered over one turn of the event loop. */
  ready(endpoint: Endpoint, consumers: readonly string[]): void {
    const link = endpoint.home?.link;
    if (!link) return;
    const waiting = this.#ready.get(link) ?? new Map<Endpoint, string[]>();
    if (waiting.size === 0) setImmediate(() => this.#sendReady(link));
    this.#ready.set(link, waiting);
    waiting.set(endpoint, [...(waiting.get(endpoint) ?? []), ...consumers]);
  }

  consumers(
    link: NodeLink,
    changes: readonly (EndpointRef & {
      readonly added: readonly ConsumerOffer[];
      readonly removed: readonly string[];
      readonly complete?: boolean;
    })[],
  ): void {
    for (const change of changes) this.#at(link, change)?.consumers(change);
  }

  demand(
    link: NodeLink,
    streams: readonly { readonly stream: StreamRef; readonly demand: Demand }[],
  ): void {
    for (const { stream, demand } of streams) {
      const endpoint = this.#endpoints.get(stream.endpoint)?.endpoint;
      if (endpoint?.home?.link === link) endpoint.demand(stream.source, demand);
    }
  }

  /** The node says that these are no more. */
  closed(link: NodeLink, endpoints: readonly EndpointRef[]): void {
    for (const ref of endpoints) this.#at(link, ref)?.reset('workerDied');
  }

  lose(link: NodeLink): void {
    for (const { endpoint } of this.#endpoints.values()) {
      if (endpoint.home?.link === link) endpoint.reset('nodeLost');
    }
  }

  /** A node has come (back): its plans are sent anew, and it says which endpoints it no longer has. */
  relink(link: NodeLink): void {
    for (const { endpoint } of this.#endpoints.values()) {
      if (endpoint.home?.link === link) endpoint.planned = undefined;
    }
    this.reconcile();
  }

  close(): void {
    clearTimeout(this.#retry);
    for (const { endpoint } of this.#endpoints.values()) this.#drop(endpoint);
    this.#endpoints.clear();
  }

  async #apply(link: NodeLink, plans: EndpointPlan[], endpoints: Endpoint[]): Promise<void> {
    const answer = await link.request('apply', { space: this.id, plans });
    if (!answer.ok) {
      // Nothing is known of what was taken: the next reconciliation sends these plans again.
      for (const endpoint of endpoints) endpoint.planned = undefined;
      this.#log.warn({ node: link.id, fault: answer.fault, detail: answer.detail }, 'plans failed');
      this.#reconcileSoon();
      return;
    }
    for (const { endpoint: id, fault } of answer.refused) {
      const endpoint = endpoints.find((e) => e.id === id);
      if (!endpoint || this.#endpoints.get(id)?.endpoint !== endpoint) continue;
      endpoint.planned = undefined;
      if (fault === 'staleToken') this.#reconcileSoon();
      else if (endpoint.home?.link === link) endpoint.reset('nodeLost');
    }
  }

  /** After a plan was not taken: another server knew more, or the link had a hiccup. */
  #reconcileSoon(): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      this.reconcile();
    }, retryMs);
  }

  #sendReady(link: NodeLink): void {
    const waiting = this.#ready.get(link);
    this.#ready.delete(link);
    if (!waiting) return;
    const items = [...waiting].flatMap(([endpoint, consumers]) =>
      endpoint.home?.link === link
        ? [{ endpoint: endpoint.id, incarnation: endpoint.home.incarnation, consumers }]
        : [],
    );
    if (items.length > 0) void link.request('ready', { space: this.id, items });
  }

  #at(link: NodeLink, { endpoint: id, incarnation }: EndpointRef): Endpoint | undefined {
    const endpoint = this.#endpoints.get(id)?.endpoint;
    const { home } = endpoint ?? {};
    return home?.link === link && home.incarnation === incarnation ? endpoint : undefined;
  }

  #drop(endpoint: Endpoint): void {
    clearTimeout(endpoint.holdTimer);
    endpoint.detach();
  }
}
