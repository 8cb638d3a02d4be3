import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { View } from '../../server/domain/routing.ts';
import { otherLeg } from '../../server/protocol/legs.ts';
import type { Demand, Leg, Source, TellMap } from '../../server/protocol/wire.ts';
import type { Link } from '../link/link.ts';
import { retryDelay } from '../link/retry.ts';
import { type Candidate, choose, type Route } from './choose.ts';
import { Demands } from './demands.ts';
import { Endpoint } from './endpoint.ts';
import { type Layer, rememberCap, rememberedCap } from './layerCap.ts';
import { Legs } from './legs.ts';
import type { Snapshot } from './measure.ts';
import { onNetworkChange } from './network.ts';
import type { Received, Tracks } from './receiver.ts';
import { Sight } from './sight.ts';
import { type StreamKey, splitKey } from './streamKey.ts';

/** idle: not wanted or put out · opening: the first time · open · mending: being made anew. */
type MediaStatus = 'idle' | 'opening' | 'open' | 'mending';
type Role = 'active' | 'standby';
type ConsumersChange = Parameters<TellMap['media.consumers']>[0];

/** How long the server may take to confirm what the new active leg was lent, in milliseconds. */
const loan = 3_000;
/** How long the server may take to let the standby leg take the active one's place, in milliseconds. */
const promoteWithin = 2_000;
/** A standby leg that died is in no hurry: its attempts begin where others' have got to. */
const patientAttempt = 4;

/**
 * This page's media: an active leg on some node, and another that stands by. Made anew for ever
 * when lost, whatever the state of the line to the server; while that is down, media goes on
 * untouched. Which leg is active, and what flows, is the server's word (`media.route`).
 */
export class Media {
  readonly #link: Link;
  readonly #legs = new Legs();
  readonly #route = signal<Route>({ active: null, sources: {} });
  readonly #wanted = signal(false);
  /** Whether media has ever been open on this page. */
  readonly #begun = signal(false);
  readonly #active = computed(() => {
    const { active } = this.#route.value;
    const endpoint = active === null ? undefined : this.#legs.living.value.get(active);
    return endpoint?.alive.value ? endpoint : undefined;
  });
  readonly status: ReadonlySignal<MediaStatus> = computed(() => {
    if (!this.#wanted.value) return 'idle';
    if (this.#active.value) return 'open';
    return this.#begun.value ? 'mending' : 'opening';
  });
  readonly #unavailable = signal(false);
  /** The server has no media node to offer. It is asked again for ever. */
  readonly unavailable: ReadonlySignal<boolean> = this.#unavailable;
  #present: ReadonlyMap<StreamKey, Received & Candidate> = new Map();
  readonly #arriving = computed(() => {
    this.#present = choose(this.#legs.received.value, this.#route.value, this.#present);
    return this.#present;
  });
  /** What this page shows and plays, by `seat/source`. It never holds the page's own sources. */
  readonly chosen: ReadonlySignal<ReadonlyMap<StreamKey, Received>> = computed(() =>
    this.#whose((own) => !own),
  );
  /** The page's own sources as they come back to it from its node, in a line check; never played. */
  readonly loop: ReadonlySignal<ReadonlyMap<StreamKey, Received>> = computed(() =>
    this.#whose((own) => own),
  );
  readonly streams: ReadonlySignal<Tracks> = computed(
    () => new Map([...this.chosen.value].map(([key, { track }]) => [key, track])),
  );
  readonly #sight: Sight;
  #cap = rememberedCap();
  readonly #own = new Map<Source, MediaStreamTrack | null>();
  readonly #demands = new Demands();
  /** Legs that the browser is still making, and what has come for them meanwhile. */
  readonly #making = new Map<Leg, { readonly early: ConsumersChange[] }>();
  readonly #asked: Record<Role, number> = { active: 0, standby: 0 };
  #asking = false;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #stops: readonly (() => void)[];

  constructor(link: Link) {
    this.#link = link;
    this.#sight = new Sight(link);
    const { socket } = link;
    socket.on('media.consumers', (change) => this.#onConsumers(change));
    socket.on('media.demand', ({ leg, wanted }) => {
      this.#demands.tell(leg, wanted);
      this.#legs.get(leg)?.want(wanted);
    });
    socket.on('media.route', (route) => this.#onRoute(route));
    socket.on('media.standby', () => {
      if (this.#hasActive()) void this.#open('standby');
      else this.#hurry();
    });
    socket.on('media.reset', ({ leg }) => this.#onReset(leg));
    this.#stops = [
      onNetworkChange((sure) => {
        for (const endpoint of this.#legs.living.peek().values()) endpoint.nudge(sure);
      }),
      effect(() => {
        link.legs = [...this.#legs.living.value.values()]
          .filter((e) => e.alive.value)
          .map((e) => ({ leg: e.leg, ...e.name, standby: e.leg !== this.#route.value.active }));
      }),
      effect(() => {
        if (link.welcome.value) untracked(() => this.#onWelcome());
      }),
      effect(() => {
        if (link.status.value.is === 'putOut') untracked(() => this.#shut());
      }),
    ];
  }

  /** The active leg and its node; null while there is none. */
  get leg(): { readonly leg: Leg; readonly node: string } | null {
    const endpoint = this.#active.peek();
    return endpoint ? { leg: endpoint.leg, node: endpoint.name.node } : null;
  }

  /** The leg that could take its place now or, once connected, soon. */
  get standby(): { readonly node: string; readonly connected: boolean } | null {
    const other = this.#other();
    return other ? { node: other.name.node, connected: other.connected } : null;
  }

  /**
   * What this office page has on its screen beside the programme: only that flows. Said again by
   * itself after a reconnection; of many changes at once the last is said.
   */
  view(view: View): void {
    this.#sight.set(view);
    // A technician's page receives nothing until it looks at a site.
    if (view.closer !== null) this.#begin();
  }

  /** The most of the camera that is sent, by a technician's word; null: no limit. */
  get cap(): Layer | null {
    return this.#cap;
  }

  /** Holds for this page and its reloads. */
  capLayer(layer: Layer | null): void {
    this.#cap = layer;
    rememberCap(layer);
    for (const endpoint of this.#legs.living.peek().values()) endpoint.sender.cap(layer);
  }

  /** Finds all paths to the media nodes anew. False when there is none to begin with. */
  restartIce(): boolean {
    const living = [...this.#legs.living.peek().values()].filter((e) => e.alive.peek());
    for (const endpoint of living) endpoint.restartIce();
    return living.length > 0;
  }

  /** How much of one of this page's sources is wanted now. */
  wantedOf(source: Source): Demand {
    const { active } = this.#route.peek();
    const wanted = active === null ? [] : this.#demands.on(active);
    return wanted.find((w) => w.source === source)?.demand ?? 'off';
  }

  /** What the browser says of the active leg in this moment; null while there is none. */
  async snapshot(): Promise<Snapshot | null> {
    const endpoint = this.#active.peek();
    if (!endpoint) return null;
    const { send, receive } = await endpoint.stats();
    return { at: performance.now(), of: endpoint.name.incarnation, send, receive };
  }

  /** Sends `track` as `source`, now and over every leg to come; null: nothing. */
  send(source: Source, track: MediaStreamTrack | null): void {
    this.#own.set(source, track);
    for (const endpoint of this.#legs.living.peek().values()) endpoint.sender.set(source, track);
  }

  /** Speaks apart from the programme, to whomever the server lets hear it; null: no more. */
  speakAside(track: MediaStreamTrack | null): void {
    this.send('aside', track);
    if (track) this.#begin();
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#sight.close();
    this.#shut();
  }

  #whose(own: (isOwn: boolean) => boolean): ReadonlyMap<StreamKey, Received> {
    const seat = this.#link.welcome.value?.seat ?? null;
    const all = [...this.#arriving.value];
    return new Map(all.filter(([key]) => own(splitKey(key).seat === seat)));
  }

  #onWelcome(): void {
    this.#sight.repeat();
    if (this.#link.welcome.peek()?.role === 'technician' && !this.#sight.looksCloser) return;
    this.#wanted.value = true;
    for (const { alive, sender, receiver } of this.#legs.living.peek().values()) {
      if (!alive.peek()) continue;
      // The same leg under a new line: say again what may have been lost with the old one.
      sender.sync();
      void receiver.confirm();
    }
    this.#attempt = 0;
    if (!this.#hasActive()) void this.#recover();
  }

  #begin(): void {
    if (this.#wanted.peek() || this.#link.status.peek().is !== 'live') return;
    this.#wanted.value = true;
    if (!this.#hasActive()) void this.#open('active');
  }

  #onRoute({ active, sources }: Route & { readonly active: Leg }): void {
    const former = this.#route.peek().active;
    if (former !== null && former !== active) {
      this.#demands.lend(former, active);
      this.#later(loan, () => this.#callIn(active));
    }
    this.#route.value = { active, sources };
    this.#legs.get(active)?.want(this.#demands.on(active));
    const left = former === active ? undefined : this.#legs.get(former);
    if (left && !left.alive.peek()) this.#dropStandby(left.leg);
    if (!this.#hasActive()) this.#hurry();
  }

  #callIn(leg: Leg): void {
    // Without a line nobody could have confirmed it; the next welcome brings the server's word.
    if (!this.#link.live.peek()) this.#later(loan, () => this.#callIn(leg));
    else if (this.#demands.callIn(leg)) this.#legs.get(leg)?.want(this.#demands.on(leg));
  }

  #onReset(leg: Leg): void {
    this.#making.delete(leg);
    this.#demands.forget(leg);
    this.#legs.retire(leg);
    if (leg === this.#route.peek().active && !this.#asking) void this.#open('active');
  }

  #onConsumers(change: ConsumersChange): void {
    const making = this.#making.get(change.leg);
    if (making) return void making.early.push(change);
    const receiver = this.#legs.get(change.leg)?.receiver;
    if (!receiver) return;
    if (change.complete) receiver.keepOnly(change.added);
    receiver.remove(change.removed);
    if (change.added.length > 0) void receiver.add(change.added);
  }

  async #open(role: Role): Promise<void> {
    const turn = ++this.#asked[role];
    const profile = this.#link.welcome.peek()?.media;
    if (!profile || !this.#wanted.peek()) return;
    const { active } = this.#route.peek();
    if (role === 'active') {
      clearTimeout(this.#retry);
      this.#asking = true;
      if (active) this.#legs.retire(active);
    }
    const offer = await this.#link
      .ask('media.open', { standby: role === 'standby' })
      .catch(() => null);
    if (turn !== this.#asked[role]) return;
    if (role === 'active') {
      this.#asking = false;
      this.#unavailable.value = offer?.ok === false && offer.refusal === 'mediaUnavailable';
      if (!offer?.ok) return this.#again();
    } else if (!offer?.ok) {
      // The server invites again when there is room.
      return;
    }
    // The server's answer comes before anything about the new leg: what came earlier is void.
    const { leg } = offer;
    const making = { early: [] };
    this.#making.set(leg, making);
    this.#legs.retire(leg);
    this.#demands.forget(leg);
    if (role === 'active') this.#route.value = { ...this.#route.peek(), active: leg };
    try {
      const uplink = await this.#active.peek()?.uplink();
      const endpoint = await Endpoint.create({
        link: this.#link,
        offer,
        profile,
        uplink,
        cap: this.#cap,
        onUp: () => {
          if (leg === this.#route.peek().active) this.#attempt = 0;
        },
        onDead: (dead, why) => this.#onDead(dead, why),
      });
      if (this.#making.get(leg) !== making) return endpoint.close();
      this.#take(endpoint, making.early);
    } catch (why) {
      console.warn('media: no leg', why);
      if (this.#making.get(leg) !== making) return;
      this.#making.delete(leg);
      if (leg === this.#route.peek().active) this.#again();
      else this.#dropStandby(leg);
    }
  }

  #take(endpoint: Endpoint, early: readonly ConsumersChange[]): void {
    this.#making.delete(endpoint.leg);
    endpoint.want(this.#demands.on(endpoint.leg));
    for (const [source, track] of this.#own) endpoint.sender.set(source, track);
    this.#legs.put(endpoint);
    if (this.#active.peek()) this.#begun.value = true;
    for (const change of early) this.#onConsumers(change);
  }

  #onDead(endpoint: Endpoint, why: unknown): void {
    if (this.#legs.get(endpoint.leg) !== endpoint) return;
    console.warn(`media: leg ${endpoint.leg} lost`, why);
    if (endpoint.leg === this.#route.peek().active) void this.#recover();
    else this.#dropStandby(endpoint.leg);
  }

  /** There is no active leg that works: the other one takes its place, or a new one is made. */
  async #recover(): Promise<void> {
    const other = this.#other();
    if (!other?.connected) return this.#begun.peek() ? this.#again() : void this.#open('active');
    const answer = await this.#link.ask('media.promote', { leg: other.leg }).catch(() => null);
    if (!answer?.ok) return this.#again();
    // The server's route makes it the active leg.
    this.#later(promoteWithin, () => {
      if (!this.#hasActive()) this.#again();
    });
  }

  /** The server will invite another if it knows of the loss; if it does not, it is asked for one. */
  #dropStandby(leg: Leg): void {
    this.#legs.retire(leg);
    this.#later(retryDelay(patientAttempt, Math.random()), () => {
      // Without a line the next welcome tells the server what there is.
      if (!this.#link.live.peek() || this.#has(leg)) return;
      if (this.#hasActive()) void this.#open('standby');
      else this.#dropStandby(leg);
    });
  }

  #again(wait = retryDelay(this.#attempt++, Math.random())): void {
    clearTimeout(this.#retry);
    // Without a line there is nobody to ask; the next welcome opens.
    if (!this.#link.live.peek()) return;
    this.#retry = setTimeout(() => {
      if (!this.#hasActive()) void this.#open('active');
    }, wait);
  }

  /** There is news of media nodes: whatever was waited for is tried now, only not by all at once. */
  #hurry(): void {
    if (this.#wanted.peek() && !this.#asking) this.#again(retryDelay(0, Math.random()));
  }

  #other(): Endpoint | undefined {
    const { active } = this.#route.peek();
    const other = active === null ? undefined : this.#legs.get(otherLeg(active));
    return other?.alive.peek() ? other : undefined;
  }

  #has(leg: Leg): boolean {
    return this.#making.has(leg) || this.#legs.get(leg) !== undefined;
  }

  /** Whether there is an active leg, or will be one without anything being done. */
  #hasActive(): boolean {
    const { active } = this.#route.peek();
    if (this.#active.peek()) return true;
    return this.#asking || (active !== null && this.#making.has(active));
  }

  #shut(): void {
    this.#wanted.value = false;
    this.#asking = false;
    for (const role of ['active', 'standby'] as const) this.#asked[role]++;
    this.#making.clear();
    clearTimeout(this.#retry);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#legs.close();
  }

  #later(wait: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, wait);
    this.#timers.add(timer);
  }
}
