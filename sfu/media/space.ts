import type { types } from 'mediasoup';
import type { Logger } from 'pino';
import type { Demand, Source } from '../protocol/media.ts';
import type { SpaceReport } from '../protocol/reports.ts';
import type { EndpointPlan } from '../protocol/requests.ts';
import { demandFor } from './demand.ts';
import type { Endpoint } from './endpoint.ts';
import type { HomeStream } from './homeStream.ts';
import type { Clock } from './keyFrameGate.ts';
import { SpaceLevels } from './levels.ts';
import type { Outbox } from './outbox.ts';
import type { PipeListen } from './pipeTransport.ts';
import { type Need, planDiff, wishes } from './planDiff.ts';
import { Pull, type PullDesk } from './pull.ts';
import type { RemoteWishes } from './remoteWishes.ts';
import type { Stream } from './stream.ts';
import { Subscription } from './subscription.ts';
import { Wanted } from './wanted.ts';

/** A page takes so long to join, in ms: nobody else's start waits for it meanwhile. */
const joining = 2000;

export interface SpaceContext {
  readonly node: string;
  readonly log: Logger;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly listen: PipeListen;
  readonly desk: PullDesk;
  readonly remote: RemoteWishes;
}

/** A briefing's media on this node: endpoints, their streams, and who receives what. */
export class Space {
  readonly id: string;
  readonly router: types.Router;
  /** The highest fencing token seen, in this life of the space or a former one. */
  token: number;
  readonly endpoints = new Map<string, Endpoint>();
  /** Endpoints that are being made in this moment: they keep the space. */
  opening = 0;
  readonly #context: SpaceContext;
  readonly #homes = new Map<string, HomeStream>();
  readonly #wanted = new Map<string, Wanted>();
  readonly #levels: SpaceLevels;

  constructor(
    { id, router, token }: { id: string; router: types.Router; token: number },
    context: SpaceContext,
  ) {
    this.id = id;
    this.router = router;
    this.token = token;
    this.#context = context;
    const { outbox, log } = context;
    this.#levels = new SpaceLevels({
      router,
      onLevels: (levels) => outbox.levels(id, levels),
      onTrouble: (error) => log.warn({ err: error, space: id }, 'levels not measured'),
    });
  }

  home(key: string): HomeStream | undefined {
    return this.#homes.get(key);
  }

  consumers(): number {
    let count = 0;
    for (const wanted of this.#wanted.values()) count += wanted.subscriptions.size;
    return count;
  }

  report(): SpaceReport {
    const endpoints = [...this.endpoints.values()].map((e) => e.report());
    return { space: this.id, token: this.token, endpoints };
  }

  /** The endpoint's former self, if there is one, is closed first. */
  add(endpoint: Endpoint): void {
    const former = this.endpoints.get(endpoint.id);
    if (former) this.remove(former);
    this.endpoints.set(endpoint.id, endpoint);
    this.token = Math.max(this.token, endpoint.token);
  }

  remove(endpoint: Endpoint): void {
    if (this.endpoints.get(endpoint.id) === endpoint) this.endpoints.delete(endpoint.id);
    const touched = [...endpoint.wishes.keys()];
    endpoint.wishes = new Map();
    for (const key of touched) this.#wanted.get(key)?.by.delete(endpoint);
    for (const key of touched) this.#settle(key);
    for (const source of [...endpoint.homes.keys()]) this.unpublish(endpoint, source);
    this.#context.outbox.forget(endpoint);
    endpoint.close();
  }

  publish(endpoint: Endpoint, stream: HomeStream): void {
    endpoint.homes.set(stream.source, stream);
    this.#homes.set(stream.key, stream);
    this.#levels.add(stream);
    this.#tellHome(endpoint, stream);
    this.#context.remote.streamCame(this.id, stream.key);
    this.#settle(stream.key);
    this.demand(stream.key);
  }

  unpublish(endpoint: Endpoint, source: Source): void {
    const stream = endpoint.homes.get(source);
    if (!stream) return;
    endpoint.homes.delete(source);
    endpoint.demands.delete(source);
    this.#homes.delete(stream.key);
    this.#context.outbox.streamGone(this.id, stream.ref);
    this.#context.remote.streamWent(this.id, stream.key);
    this.#settle(stream.key);
    stream.close();
  }

  /** Carries plans out in one go: what is closed is closed before anything is opened. */
  apply(plans: readonly (readonly [Endpoint, EndpointPlan])[]): void {
    const touched = new Set<string>();
    for (const [endpoint, plan] of plans) this.#take(endpoint, plan, touched);
    for (const open of [false, true]) {
      for (const [{ homes, open: sources }] of plans) {
        for (const stream of homes.values()) {
          if (sources.has(stream.source) === open) this.#setOpen(stream, open);
        }
      }
    }
    for (const key of touched) this.#settle(key);
  }

  /** What is wanted of a home stream, here and elsewhere; told to its owner when it changes. */
  demand(key: string, always = false): void {
    const stream = this.#homes.get(key);
    const endpoint = stream && this.endpoints.get(stream.ref.endpoint);
    if (!stream || !endpoint) return;
    const here: Demand = this.#wanted.get(key)?.demand ?? 'off';
    const wanted = [here, ...this.#context.remote.wanted(this.id, key)];
    const demand = demandFor(stream.source, wanted, endpoint.open.has(stream.source));
    if (!always && endpoint.demands.get(stream.source) === demand) return;
    endpoint.demands.set(stream.source, demand);
    stream.setDemand(demand);
    this.#context.outbox.demand(endpoint, stream.ref, demand);
  }

  /** Another server has taken the endpoint over: it is told all that there is. */
  adopted(endpoint: Endpoint): void {
    for (const stream of endpoint.homes.values()) this.demand(stream.key, true);
    const offers = [...endpoint.wishes.keys()].map(
      (key) => this.#wanted.get(key)?.subscriptions.get(endpoint)?.offer,
    );
    this.#context.outbox.allConsumers(
      endpoint,
      offers.filter((offer) => offer !== undefined),
    );
  }

  ready(endpoint: Endpoint, consumers: ReadonlySet<string>): void {
    for (const key of endpoint.wishes.keys()) {
      const subscription = this.#wanted.get(key)?.subscriptions.get(endpoint);
      if (subscription?.id !== undefined && consumers.has(subscription.id)) subscription.ready();
    }
  }

  close(): void {
    for (const endpoint of [...this.endpoints.values()]) this.remove(endpoint);
    this.router.close();
  }

  #take(endpoint: Endpoint, plan: EndpointPlan, touched: Set<string>): void {
    const next = wishes(plan);
    for (const key of endpoint.wishes.keys()) {
      touched.add(key);
      if (!next.has(key)) this.#wanted.get(key)?.by.delete(endpoint);
    }
    for (const [key, wish] of next) {
      touched.add(key);
      const wanted = this.#wanted.get(key) ?? new Wanted(wish);
      this.#wanted.set(key, wanted);
      wanted.by.set(endpoint, wish);
      if (plan.token >= wanted.token) {
        wanted.token = plan.token;
        wanted.at = wish.at;
      }
    }
    endpoint.wishes = next;
    endpoint.open = new Set(plan.open);
    endpoint.token = plan.token;
    this.token = Math.max(this.token, plan.token);
    if (endpoint.standby === plan.standby) return;
    endpoint.standby = plan.standby;
    for (const stream of endpoint.homes.values()) this.#tellHome(endpoint, stream);
  }

  #tellHome({ standby }: Endpoint, { ref }: HomeStream): void {
    this.#context.outbox.streamThere(this.id, { ...ref, standby });
  }

  #setOpen(stream: HomeStream, open: boolean): void {
    stream.setOpen(open).catch((error: unknown) => {
      if (stream.producer.closed) return;
      this.#context.log.error({ err: error, stream: stream.key, open }, 'stream not switched');
    });
    this.demand(stream.key);
  }

  /** Makes one stream's receivers on this node those that the plans want. Idempotent. */
  #settle(key: string): void {
    const wanted = this.#wanted.get(key);
    if (!wanted) return;
    const stream = this.#source(key, wanted);
    for (const [endpoint, subscription] of wanted.subscriptions) {
      // Made from a stream that is no more, or that has come anew.
      if (subscription.stream !== stream) this.#unsubscribe(wanted, endpoint);
    }
    const diff = planDiff(wanted.by, wanted.subscriptions);
    for (const endpoint of diff.close) this.#unsubscribe(wanted, endpoint);
    for (const [endpoint, need] of diff.change) wanted.subscriptions.get(endpoint)?.setNeed(need);
    if (stream) {
      for (const [endpoint, need] of diff.open) this.#subscribe(wanted, endpoint, stream, need);
    }
    if (wanted.by.size === 0) this.#wanted.delete(key);
    this.demand(key);
  }

  /** Where a stream comes from; pulls it from its home node while anybody here wants it. */
  #source(key: string, wanted: Wanted): Stream | undefined {
    const { node, desk, listen, log } = this.#context;
    const at = wanted.by.size > 0 ? wanted.at : undefined;
    const remote = at !== undefined && at !== node ? at : undefined;
    if (wanted.pull && wanted.pull.at !== remote) {
      const pull = wanted.pull;
      wanted.pull = undefined;
      pull.close();
    }
    if (remote === undefined) return this.#homes.get(key);
    const layer = wanted.demand;
    if (wanted.pull) wanted.pull.setLayer(layer);
    else {
      wanted.pull = new Pull({
        desk,
        router: this.router,
        listen,
        space: this.id,
        stream: wanted.wish.stream,
        at: remote,
        layer,
        onChange: () => this.#settle(key),
        onRefused: (error) => log.warn({ err: error, stream: key, at: remote }, 'pipe refused'),
      });
    }
    return wanted.pull.stream;
  }

  #subscribe(wanted: Wanted, endpoint: Endpoint, stream: Stream, need: Need): void {
    const { clock, outbox, log } = this.#context;
    const subscription = new Subscription({
      transport: endpoint.receiveTransport,
      rtpCapabilities: this.router.rtpCapabilities,
      stream,
      need,
      clock,
      prompt: clock.now() - endpoint.openedAt > joining,
      onMade: (offer) => outbox.consumerMade(endpoint, offer),
      onGone: (consumer) => outbox.consumerGone(endpoint, consumer),
      onRefused: (error) => {
        log.warn({ err: error, endpoint: endpoint.id, stream: stream.key }, 'not receivable');
        if (wanted.subscriptions.get(endpoint) === subscription) {
          wanted.subscriptions.delete(endpoint);
        }
      },
    });
    wanted.subscriptions.set(endpoint, subscription);
  }

  #unsubscribe(wanted: Wanted, endpoint: Endpoint): void {
    const subscription = wanted.subscriptions.get(endpoint);
    wanted.subscriptions.delete(endpoint);
    subscription?.close();
  }
}
