import type { Logger } from 'pino';
import type { ConsumerOffer, Demand, StreamRef } from '../../sfu/protocol/media.ts';
import type { ReportMap } from '../../sfu/protocol/reports.ts';
import type { BriefingState } from '../domain/briefing.ts';
import type { BriefingId, SeatId } from '../domain/ids.ts';
import type { Role } from '../domain/permits.ts';
import { type Aside, type View, wholeView } from '../domain/routing.ts';
import type { Leg } from '../protocol/legs.ts';
import type { KeptLeg } from '../protocol/wire.ts';
import type { Endpoint, Home, PageWire } from './endpoint.ts';
import { Moves } from './moves.ts';
import type { NodeLink } from './nodeLink.ts';
import type { Nodes } from './nodes.ts';
import { Participant } from './participant.ts';
import { type EndpointRef, type LegOf, Participants } from './participants.ts';
import { Ready } from './ready.ts';
import { Reconciliation } from './reconcile.ts';

type ClosedReason = Parameters<ReportMap['endpointsClosed']>[0]['reason'];

export interface SpacePage extends PageWire {
  readonly endpoint: string;
  readonly role: Role;
  readonly seat: SeatId | null;
  readonly kept: readonly KeptLeg[];
}

/**
 * One briefing's participants of this server. Whatever happens to them or to their legs (an event,
 * a stream coming up, a node going) ends in a reconciliation with what the routing says.
 */
export class Space {
  readonly id: BriefingId;
  readonly #briefing: { readonly state: BriefingState };
  readonly #nodes: Nodes;
  readonly #participants = new Participants();
  readonly #reconciliation: Reconciliation;
  readonly #moves: Moves;
  readonly #ready: Ready;

  constructor(o: {
    id: BriefingId;
    briefing: { readonly state: BriefingState };
    nodes: Nodes;
    log: Logger;
  }) {
    this.id = o.id;
    this.#briefing = o.briefing;
    this.#nodes = o.nodes;
    this.#ready = new Ready(o.id);
    const log = o.log.child({ briefing: o.id });
    const state = () => this.state;
    const participants = this.#participants;
    this.#reconciliation = new Reconciliation({
      space: o.id,
      state,
      participants,
      streams: o.nodes.streams,
      onLost: (legs) => this.#moves.lost(legs, 'nodeLost'),
      log,
    });
    this.#moves = new Moves({
      nodes: o.nodes,
      log,
      state,
      participants,
      reconcile: () => this.reconcile(),
      close: (participant, endpoint) => this.#close(participant, endpoint),
      published: ({ id }) => o.nodes.streams.count(o.id, id),
      expect: ({ id }, standby) => o.nodes.streams.expect(o.id, id, standby),
    });
  }

  get state(): BriefingState {
    return this.#briefing.state;
  }

  /** The page's participant: the one it was before its socket dropped, or a new one. */
  enter(page: SpacePage): Participant {
    const before = this.#participants.get(page.endpoint);
    const same = before?.page === page.page ? before : undefined;
    if (before && !same) this.#replace(before);
    const { role, seat, endpoint: id } = page;
    const viewer = { role, seat, view: wholeView };
    const participant = same ?? new Participant({ id, viewer, wire: page });
    this.#participants.add(participant);
    // After the welcome, which the caller sends without a pause.
    queueMicrotask(() => {
      if (same) same.attach(page);
      this.#adopt(participant, page.kept);
    });
    return participant;
  }

  /** The page's socket is gone: its legs wait `holdMs` for it to come back, then close. */
  leave(participant: Participant, holdMs: number): void {
    if (!this.#participants.has(participant)) return;
    participant.detach();
    participant.holdTimer = setTimeout(() => {
      for (const endpoint of participant.legs) this.#close(participant, endpoint);
      this.#participants.delete(participant);
    }, holdMs);
  }

  /** A leg was made on a node. False when there is no longer any use for it. */
  settle(
    participant: Participant,
    wire: PageWire,
    o: { leg: Leg; home: Home; standby: boolean },
  ): boolean {
    if (!this.#participants.has(participant) || !participant.hears(wire)) return false;
    const { link } = o.home;
    // The active leg has come to this node while this one was made.
    if (o.standby && participant.activeLeg?.home.link === link) return false;
    const former = participant.leg(o.leg);
    // At the same node it has been closed by its successor's coming.
    if (former && former.home.link !== link) this.#close(participant, former);
    participant.begin(o);
    // The page is told of its leg before anything that happens on it.
    setImmediate(() => {
      const { standbyLeg } = participant;
      // What shares the fate of the active leg is no standby: another is invited in its place.
      if (!o.standby && standbyLeg?.home.link === link) this.#moves.leave(participant, standbyLeg);
      this.reconcile();
    });
    if (!o.standby) this.#moves.inviteSoon();
    return true;
  }

  /** The page asks for a standby leg in vain: what it had is dead. It is invited when it can be. */
  standbyGone(participant: Participant): void {
    const { standbyLeg } = participant;
    if (standbyLeg) this.#moves.leave(participant, standbyLeg);
  }

  /** The page finds its active leg dead, and has another. False when there is none. */
  promote(participant: Participant, leg: Leg): boolean {
    const standby = participant.standbyLeg;
    if (standby?.leg !== leg || !standby.home.link.connected) return false;
    const dead = participant.activeLeg;
    this.#moves.promote(participant, standby);
    if (dead) this.#close(participant, dead);
    this.reconcile();
    if (dead) participant.tell('media.reset', { leg: dead.leg, reason: 'moved' });
    this.#moves.inviteSoon();
    return true;
  }

  /** The page looks at something else: what it receives follows. */
  look(participant: Participant, wire: PageWire, view: View): void {
    if (!this.#participants.has(participant) || !participant.hears(wire)) return;
    participant.viewer = { ...participant.viewer, view };
    this.reconcile();
  }

  /** The page does something apart from the programme, or no more; its socket may be gone by then. */
  aside(participant: Participant, aside: Aside | null): void {
    if (!this.#participants.has(participant)) return;
    participant.aside(aside);
    this.reconcile();
  }

  /** Moves the page's media to another node, as a drain would. False when there is none. */
  move(participant: Participant): boolean {
    const { activeLeg } = participant;
    if (!activeLeg || !participant.mayStandBy) return false;
    if (!this.#nodes.hasOther(activeLeg.home.link.id)) return false;
    participant.toMove = true;
    this.#moves.drain();
    return true;
  }

  reconcile(): void {
    this.#reconciliation.run();
  }

  ready(endpoint: Endpoint, consumers: readonly string[]): void {
    endpoint.ready(consumers);
    this.#ready.add(endpoint, consumers);
  }

  consumers(
    link: NodeLink,
    changes: readonly (EndpointRef & {
      readonly added: readonly ConsumerOffer[];
      readonly removed: readonly string[];
      readonly complete?: boolean;
    })[],
  ): void {
    for (const change of changes) this.#participants.at(link, change)?.endpoint.consumers(change);
  }

  demand(
    link: NodeLink,
    streams: readonly { readonly stream: StreamRef; readonly demand: Demand }[],
  ): void {
    for (const { stream, demand } of streams) {
      const endpoint = this.#participants.find(stream.endpoint)?.endpoint;
      if (endpoint?.home.link === link) endpoint.demand(stream.source, demand);
    }
  }

  /** The node says that these are no more, or another server's. */
  closed(link: NodeLink, refs: readonly EndpointRef[], reason: ClosedReason): void {
    const lost = refs.flatMap((ref) => this.#participants.at(link, ref) ?? []);
    if (reason === 'takenOver') this.#takenOver(lost);
    else this.#moves.lost(lost, 'workerDied');
  }

  lose(link: NodeLink): void {
    this.#moves.lost(this.#participants.on(link), 'nodeLost');
  }

  /** Some node wants to go. */
  drain(): void {
    this.#moves.drain();
  }

  /** A node has come (back): its plans are sent anew, and it says which endpoints it no longer has. */
  relink(link: NodeLink): void {
    for (const { endpoint } of this.#participants.on(link)) endpoint.planned = undefined;
    this.reconcile();
    this.#moves.inviteSoon();
  }

  close(): void {
    this.#reconciliation.close();
    this.#moves.close();
    for (const participant of this.#participants.all()) this.#forget(participant);
  }

  /** Legs that the page still has, from another server or from this one's former life. */
  #adopt(participant: Participant, kept: readonly KeptLeg[]): void {
    if (!this.#participants.has(participant)) return;
    // What the page does not name never reached it: the line broke before the answer.
    const named = new Set(kept.map(({ incarnation }) => incarnation));
    for (const endpoint of participant.legs) {
      if (!named.has(endpoint.home.incarnation)) this.#close(participant, endpoint);
    }
    for (const { leg, node, incarnation, standby } of kept) {
      if (participant.leg(leg)?.home.incarnation === incarnation) continue;
      const link = this.#nodes.linked(node);
      const taken = participant.leg(leg) !== undefined;
      if (link && !taken) {
        participant.begin({ leg, home: { link, incarnation }, standby, adopted: true });
      } else {
        participant.tell('media.reset', { leg, reason: 'nodeLost' });
      }
    }
    const { standbyLeg } = participant;
    if (!participant.activeLeg && standbyLeg) this.#moves.promote(participant, standbyLeg);
    this.reconcile();
    this.#moves.inviteSoon();
  }

  /**
   * A page that is away has gone on at another server, which is to have its legs alone. One that is
   * here has come back from there: its plans are sent again, and make them this server's.
   */
  #takenOver(legs: readonly LegOf[]): void {
    for (const { participant, endpoint } of legs) {
      if (participant.attached) endpoint.planned = undefined;
      else participant.drop(endpoint);
    }
    if (legs.some(({ participant }) => participant.attached)) this.#reconciliation.again();
  }

  #close(participant: Participant, endpoint: Endpoint): void {
    participant.drop(endpoint);
    const { link, incarnation } = endpoint.home;
    void link.request('closeEndpoint', { space: this.id, endpoint: endpoint.id, incarnation });
  }

  /** Another page load has taken its place: its legs may be others, on other nodes. */
  #replace(participant: Participant): void {
    this.#forget(participant);
    for (const endpoint of [...participant.legs]) this.#close(participant, endpoint);
  }

  #forget(participant: Participant): void {
    clearTimeout(participant.holdTimer);
    participant.detach();
  }
}
