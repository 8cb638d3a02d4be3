import type { Aside, Viewer } from '../domain/routing.ts';
import { type Leg, otherLeg } from '../protocol/legs.ts';
import type { TellMap } from '../protocol/wire.ts';
import { Endpoint, type Home, type MediaTell, type PageWire } from './endpoint.ts';

type Route = Parameters<TellMap['media.route']>[0];

/** One page on the media plane (RFC 4353: a participant), with its one or two legs. */
export class Participant {
  /** The seat's id, or one made of role and page for viewers. */
  readonly id: string;
  readonly page: string;
  viewer: Viewer;
  active: Leg = 'a';
  /** A technician wants its media on another node. */
  toMove = false;
  /** Set while the page's socket is away. */
  holdTimer: NodeJS.Timeout | undefined;
  /** When the page was last told that it may have a standby leg; monotonic, milliseconds. */
  invitedAt = Number.NEGATIVE_INFINITY;
  #wire: PageWire | undefined;
  readonly #legs = new Map<Leg, Endpoint>();
  #route: Route | undefined;

  constructor(o: { id: string; viewer: Viewer; wire: PageWire }) {
    this.id = o.id;
    this.page = o.wire.page;
    this.viewer = o.viewer;
    this.#wire = o.wire;
  }

  get attached(): boolean {
    return this.#wire !== undefined;
  }

  /** Whether this is the socket that the page has now. */
  hears(wire: PageWire): boolean {
    return this.#wire === wire;
  }

  /** Watchers of all sites receive too much to have it all twice, and technicians receive nothing. */
  get mayStandBy(): boolean {
    return ['chair', 'secretary', 'point'].includes(this.viewer.role);
  }

  get legs(): Iterable<Endpoint> {
    return this.#legs.values();
  }

  get activeLeg(): Endpoint | undefined {
    return this.#legs.get(this.active);
  }

  get standbyLeg(): Endpoint | undefined {
    const other = this.#legs.get(otherLeg(this.active));
    return other?.leaving ? undefined : other;
  }

  leg(leg: Leg): Endpoint | undefined {
    return this.#legs.get(leg);
  }

  /** Begins a leg; whatever had its place must have been closed. */
  begin(o: { leg: Leg; home: Home; standby: boolean; adopted?: boolean }): Endpoint {
    const wire = () => this.#wire;
    const endpoint = new Endpoint({ participant: this.id, wire, adopted: false, ...o });
    this.#legs.set(o.leg, endpoint);
    if (!o.standby) this.active = o.leg;
    return endpoint;
  }

  drop(endpoint: Endpoint): void {
    if (this.#legs.get(endpoint.leg) === endpoint) this.#legs.delete(endpoint.leg);
  }

  /** What its page does apart from the programme from now on; null: nothing. */
  aside(aside: Aside | null): void {
    this.viewer = { ...this.viewer, aside: aside ?? undefined };
  }

  attach(wire: PageWire): void {
    clearTimeout(this.holdTimer);
    this.holdTimer = undefined;
    this.#wire = wire;
    if (this.#route) wire.tell('media.route', this.#route);
    for (const endpoint of this.#legs.values()) endpoint.resume();
  }

  detach(): void {
    this.#wire = undefined;
  }

  /** Tells the page what flows now, if that has changed. */
  route(sources: Route['sources']): void {
    const route = { active: this.active, sources };
    if (JSON.stringify(route) === JSON.stringify(this.#route)) return;
    this.#route = route;
    this.tell('media.route', route);
  }

  tell<E extends MediaTell>(event: E, ...args: Parameters<TellMap[E]>): void {
    this.#wire?.tell(event, ...args);
  }
}
