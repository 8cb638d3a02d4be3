import type { Logger } from 'pino';
import type { Fault } from '../../sfu/protocol/fault.ts';
import type { RequestName } from '../../sfu/protocol/requests.ts';
import type { BriefingState } from '../domain/briefing.ts';
import type { BriefingId, SeatId } from '../domain/ids.ts';
import type { Role } from '../domain/permits.ts';
import type { Ask, Replies } from '../protocol/wire.ts';
import type { Endpoint, PageWire } from './endpoint.ts';
import { Nodes } from './nodes.ts';
import { refusalOf, sourceFault } from './refusals.ts';
import { Space } from './space.ts';

export interface PlaneOptions {
  readonly nodes: ReadonlyMap<string, string>;
  readonly secret: string;
  readonly briefings: ReadonlyMap<
    BriefingId,
    {
      readonly state: BriefingState;
      subscribe(listener: (events: readonly unknown[], state: BriefingState) => void): () => void;
    }
  >;
  readonly iceServers: readonly unknown[];
  /** How long an endpoint outlives its page's socket, milliseconds. */
  readonly holdMs: number;
  /** How long a node's closed link may take to come back, milliseconds. */
  readonly patienceMs: number;
  readonly log: Logger;
}

/** What a page says it still has on the media plane. */
export interface KeptEndpoint {
  readonly node: string;
  readonly incarnation: string;
}

export interface PlanePage extends PageWire {
  readonly kept: KeptEndpoint | undefined;
  readonly briefing: BriefingId;
  readonly endpoint: string;
  readonly role: Role;
  readonly seat: SeatId | null;
}

type MediaAsk = 'media.connect' | 'media.publish' | 'media.unpublish' | 'media.ready';

/** The media side of a server: its pages' endpoints, kept as the briefing's routing wants them. */
export class MediaPlane {
  readonly #o: PlaneOptions;
  readonly #nodes: Nodes;
  readonly #spaces = new Map<BriefingId, Space>();
  readonly #unsubscribe: (() => void)[] = [];

  constructor(o: PlaneOptions) {
    this.#o = o;
    this.#nodes = new Nodes({
      nodes: o.nodes,
      secret: o.secret,
      patienceMs: o.patienceMs,
      log: o.log,
      events: {
        ready: (link) => this.#each((s) => s.relink(link)),
        moved: (space) => this.#spaces.get(space)?.reconcile(),
        lost: (link) => this.#each((s) => s.lose(link)),
        consumers: (link, { space, endpoints }) =>
          this.#spaces.get(space)?.consumers(link, endpoints),
        demand: (link, { space, streams }) => this.#spaces.get(space)?.demand(link, streams),
        endpointsClosed: (link, { space, endpoints }) =>
          this.#spaces.get(space)?.closed(link, endpoints),
      },
    });
    for (const [id, briefing] of o.briefings) {
      const space = new Space({ id, briefing, nodes: this.#nodes, log: o.log });
      this.#spaces.set(id, space);
      this.#unsubscribe.push(briefing.subscribe(() => space.reconcile()));
    }
  }

  get ready(): boolean {
    return this.#nodes.ready;
  }

  /** Finds the page's endpoint again, or starts without one until the page opens it. */
  attach(page: PlanePage) {
    const space = this.#space(page.briefing);
    const endpoint = space.enter(page);
    if (page.kept && !endpoint.home) this.#adopt(space, endpoint, page.kept);
    return {
      open: () => this.#open(space, endpoint, page),
      ask: <N extends MediaAsk>(name: N, ask: Ask<N>): Promise<Replies[N]> =>
        this.#ask(space, endpoint, page, name, ask),
      detach: () => space.leave(endpoint, this.#o.holdMs),
    };
  }

  close(): void {
    for (const stop of this.#unsubscribe.splice(0)) stop();
    for (const space of this.#spaces.values()) space.close();
    this.#nodes.close();
  }

  /** The page still has an endpoint from another server, or from this one's former life. */
  #adopt(space: Space, endpoint: Endpoint, kept: KeptEndpoint): void {
    const link = this.#nodes.linked(kept.node);
    // Said after the welcome, which the caller sends without a pause.
    queueMicrotask(() => {
      if (link) space.settle(endpoint, { link, incarnation: kept.incarnation });
      else endpoint.reset('nodeLost');
    });
  }

  async #open(space: Space, endpoint: Endpoint, page: PlanePage): Promise<Replies['media.open']> {
    // An endpoint stays on its node while that is there: only a loss or a drain moves it.
    const link = endpoint.home?.link.connected ? endpoint.home.link : this.#nodes.choose();
    if (!link) return { ok: false, refusal: 'mediaUnavailable', detail: 'no media node' };
    const opened = await link.request('openEndpoint', {
      space: space.id,
      endpoint: endpoint.id,
      token: space.state.version,
    });
    if (!opened.ok) return refusalOf(opened);
    const { incarnation } = opened;
    if (!space.settle(endpoint, { link, incarnation })) {
      void link.request('closeEndpoint', { space: space.id, endpoint: endpoint.id, incarnation });
      return { ok: false, refusal: 'mediaUnavailable', detail: 'the page has left' };
    }
    this.#o.log.info({ briefing: space.id, seat: page.seat, node: link.id }, 'endpoint opened');
    return { ...opened, node: link.id, iceServers: this.#o.iceServers };
  }

  async #ask<N extends MediaAsk>(
    space: Space,
    endpoint: Endpoint,
    page: PlanePage,
    name: N,
    ask: Ask<N>,
  ): Promise<Replies[N]> {
    const { home } = endpoint;
    if (!home) return { ok: false, refusal: 'mediaUnavailable' } as Replies[N];
    if (name === 'media.ready') {
      space.ready(endpoint, (ask as Ask<'media.ready'>).consumers);
      return { ok: true } as Replies[N];
    }
    if (name === 'media.publish') {
      const fault = sourceFault(space.state, page, ask as Ask<'media.publish'>);
      if (fault) return { ok: false, refusal: fault } as Replies[N];
    }
    const answer = await home.link.request(
      name.slice('media.'.length) as RequestName,
      {
        space: space.id,
        endpoint: endpoint.id,
        incarnation: home.incarnation,
        ...ask,
      } as never,
    );
    return (answer.ok ? answer : refusalOf(answer as Fault)) as Replies[N];
  }

  #space(id: BriefingId): Space {
    const space = this.#spaces.get(id);
    if (!space) throw new Error(`no space for briefing ${id}`);
    return space;
  }

  #each(use: (s: Space) => void): void {
    for (const space of this.#spaces.values()) use(space);
  }
}
