import type { Logger } from 'pino';
import type { Fault } from '../../sfu/protocol/fault.ts';
import type { RequestName } from '../../sfu/protocol/requests.ts';
import type { BriefingState } from '../domain/briefing.ts';
import type { BriefingId, SeatId, Version } from '../domain/ids.ts';
import type { Role } from '../domain/permits.ts';
import type { Aside, View } from '../domain/routing.ts';
import { type Leg, legEndpoint, otherLeg } from '../protocol/legs.ts';
import type { Ask, KeptLeg, Replies } from '../protocol/wire.ts';
import type { PageWire } from './endpoint.ts';
import { LevelMeter, type Levels } from './levels.ts';
import type { NodeLink } from './nodeLink.ts';
import { Nodes, type NodeView } from './nodes.ts';
import type { Participant } from './participant.ts';
import { refusalOf, sourceFault } from './refusals.ts';
import { Space } from './space.ts';

export interface PlaneOptions {
  readonly nodes: ReadonlyMap<string, string>;
  readonly secret: string;
  readonly briefings: {
    /** Calls back for each briefing, now and later; `serve` returns how to end that one. */
    each(serve: (id: BriefingId, briefing: PlaneBriefing) => () => void): () => void;
  };
  /** What a page needs to find its way through firewalls, made for one leg. */
  readonly iceServers: (endpoint: string) => readonly unknown[];
  /** How long an endpoint outlives its page's socket, milliseconds. */
  readonly holdMs: number;
  /** How long a node's closed link may take to come back, milliseconds. */
  readonly patienceMs: number;
  /** A media node has seen this version of a space's journal. */
  readonly onToken: (space: string, version: Version) => void;
  readonly log: Logger;
}

interface PlaneBriefing {
  readonly state: BriefingState;
  subscribe(listener: (events: readonly unknown[], state: BriefingState) => void): () => void;
}

export interface PlanePage extends PageWire {
  readonly briefing: BriefingId;
  readonly endpoint: string;
  readonly role: Role;
  readonly seat: SeatId | null;
  /** The legs that this page load says it still has. */
  readonly kept: readonly KeptLeg[];
}

/** What can happen to a media node, as this server sees it. */
type NodeChange = 'lost' | 'returned' | 'draining';

type MediaAsk =
  | 'media.promote'
  | 'media.connect'
  | 'media.restartIce'
  | 'media.publish'
  | 'media.unpublish'
  | 'media.ready';

/** The media side of a server: its pages' endpoints, kept as the briefing's routing wants them. */
export class MediaPlane {
  readonly #o: PlaneOptions;
  readonly #nodes: Nodes;
  readonly #spaces = new Map<BriefingId, Space>();
  readonly #unsubscribe: () => void;
  readonly #levelListeners: ((briefing: BriefingId, levels: Levels) => void)[] = [];
  readonly #nodeListeners: ((node: string, what: NodeChange) => void)[] = [];
  readonly #levels = new LevelMeter((briefing, levels) => {
    for (const listener of this.#levelListeners) listener(briefing, levels);
  });
  readonly #lost = new Set<string>();

  constructor(o: PlaneOptions) {
    this.#o = o;
    this.#nodes = new Nodes({
      nodes: o.nodes,
      secret: o.secret,
      patienceMs: o.patienceMs,
      log: o.log,
      events: {
        ready: (link, report) => {
          for (const { space, token } of report.spaces) o.onToken(space, token);
          this.#each((s) => s.relink(link));
          if (this.#lost.delete(link.id)) this.#tellNode(link.id, 'returned');
        },
        draining: (link) => {
          o.log.info({ node: link.id }, 'node drains');
          this.#each((s) => s.drain());
          this.#tellNode(link.id, 'draining');
        },
        moved: (space) => this.#spaces.get(space)?.reconcile(),
        lost: (link) => {
          this.#each((s) => s.lose(link));
          this.#levels.forget(link.id);
          this.#lost.add(link.id);
          this.#tellNode(link.id, 'lost');
        },
        levels: (link, { space, levels }) => this.#levels.hear(space, link.id, levels),
        consumers: (link, { space, endpoints }) =>
          this.#spaces.get(space)?.consumers(link, endpoints),
        demand: (link, { space, streams }) => this.#spaces.get(space)?.demand(link, streams),
        endpointsClosed: (link, { space, endpoints, reason }) =>
          this.#spaces.get(space)?.closed(link, endpoints, reason),
      },
    });
    this.#unsubscribe = o.briefings.each((id, briefing) => {
      const space = new Space({ id, briefing, nodes: this.#nodes, log: o.log });
      this.#spaces.set(id, space);
      const stop = briefing.subscribe(() => space.reconcile());
      return () => {
        stop();
        space.close();
        this.#spaces.delete(id);
      };
    });
  }

  get ready(): boolean {
    return this.#nodes.ready;
  }

  /** The media nodes, for the people who look after them. */
  get nodes(): NodeView[] {
    return this.#nodes.views;
  }

  /** Asks a node to go once its seats have been moved. False when it is not there. */
  async drain(node: string): Promise<boolean> {
    const answer = await this.#nodes.linked(node)?.request('drain', {});
    return answer?.ok ?? false;
  }

  onLevels(listener: (briefing: BriefingId, levels: Levels) => void): void {
    this.#levelListeners.push(listener);
  }

  onNode(listener: (node: string, what: NodeChange) => void): void {
    this.#nodeListeners.push(listener);
  }

  /** Finds the page's legs again, or starts without any until the page opens one. */
  attach(page: PlanePage) {
    const space = this.#space(page.briefing);
    const participant = space.enter(page);
    return {
      open: ({ standby }: Ask<'media.open'>) =>
        standby
          ? this.#openStandby(space, participant, page)
          : this.#openActive(space, participant, page),
      ask: <N extends MediaAsk>(name: N, ask: Ask<N>): Promise<Replies[N]> =>
        this.#ask(space, participant, page, name, ask),
      view: (view: View) => space.look(participant, page, view),
      aside: (aside: Aside | null) => space.aside(participant, aside),
      move: () => space.move(participant),
      detach: () => {
        if (participant.hears(page)) space.leave(participant, this.#o.holdMs);
      },
    };
  }

  close(): void {
    this.#unsubscribe();
    this.#levels.close();
    this.#nodes.close();
  }

  async #openActive(
    space: Space,
    participant: Participant,
    page: PlanePage,
  ): Promise<Replies['media.open']> {
    const { activeLeg, standbyLeg } = participant;
    const leg = standbyLeg ? otherLeg(standbyLeg.leg) : participant.active;
    const now = activeLeg?.home.link;
    // A leg stays on its node while that is there: only a loss or a drain moves it.
    const stays = now && this.#nodes.linked(now.id) && !this.#nodes.draining(now);
    const link = stays
      ? now
      : (this.#nodes.choose({ standby: false, except: standbyLeg?.home.link.id }) ??
        this.#nodes.choose({ standby: false }));
    return this.#open(space, participant, page, { link, leg, standby: false });
  }

  async #openStandby(
    space: Space,
    participant: Participant,
    page: PlanePage,
  ): Promise<Replies['media.open']> {
    const { activeLeg } = participant;
    const except = activeLeg?.home.link.id;
    const link =
      activeLeg && participant.mayStandBy
        ? this.#nodes.choose({ standby: true, except })
        : undefined;
    const leg = otherLeg(participant.active);
    const reply = await this.#open(space, participant, page, { link, leg, standby: true });
    if (!reply.ok) space.standbyGone(participant);
    return reply;
  }

  async #open(
    space: Space,
    participant: Participant,
    page: PlanePage,
    { link, leg, standby }: { link: NodeLink | undefined; leg: Leg; standby: boolean },
  ): Promise<Replies['media.open']> {
    if (!link) return { ok: false, refusal: 'mediaUnavailable', detail: 'no media node' };
    const endpoint = legEndpoint(participant.id, leg);
    const token = space.state.version;
    const opened = await link.request('openEndpoint', {
      space: space.id,
      endpoint,
      token,
      standby,
    });
    if (!opened.ok) return refusalOf(opened);
    const { incarnation } = opened;
    if (!space.settle(participant, page, { leg, home: { link, incarnation }, standby })) {
      void link.request('closeEndpoint', { space: space.id, endpoint, incarnation });
      return { ok: false, refusal: 'mediaUnavailable', detail: 'no longer of use' };
    }
    this.#o.log.info(
      { briefing: space.id, seat: page.seat, node: link.id, leg, standby },
      'leg opened',
    );
    return { ...opened, leg, node: link.id, iceServers: this.#o.iceServers(endpoint) };
  }

  async #ask<N extends MediaAsk>(
    space: Space,
    participant: Participant,
    page: PlanePage,
    name: N,
    ask: Ask<N>,
  ): Promise<Replies[N]> {
    const { leg, ...request } = ask;
    const unavailable = { ok: false, refusal: 'mediaUnavailable' } as Replies[N];
    if (name === 'media.promote') {
      return space.promote(participant, leg) ? ({ ok: true } as Replies[N]) : unavailable;
    }
    const endpoint = participant.leg(leg);
    if (!endpoint) return unavailable;
    if (name === 'media.ready') {
      space.ready(endpoint, (ask as Ask<'media.ready'>).consumers);
      return { ok: true } as Replies[N];
    }
    if (name === 'media.publish') {
      const fault = sourceFault(space.state, page, ask as Ask<'media.publish'>);
      if (fault) return { ok: false, refusal: fault } as Replies[N];
    }
    const { link, incarnation } = endpoint.home;
    const answer = await link.request(
      name.slice('media.'.length) as RequestName,
      { space: space.id, endpoint: endpoint.id, incarnation, ...request } as never,
    );
    return (answer.ok ? answer : refusalOf(answer as Fault)) as Replies[N];
  }

  #space(id: BriefingId): Space {
    const space = this.#spaces.get(id);
    if (!space) throw new Error(`no space for briefing ${id}`);
    return space;
  }

  #tellNode(node: string, what: NodeChange): void {
    for (const listener of this.#nodeListeners) listener(node, what);
  }

  #each(use: (s: Space) => void): void {
    for (const space of this.#spaces.values()) use(space);
  }
}
