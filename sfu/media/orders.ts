import type { Answers, EndpointPlan, Request } from '../protocol/requests.ts';
import type { Directory } from './directory.ts';
import { Endpoint } from './endpoint.ts';
import { fault } from './faults.ts';
import { HomeStream } from './homeStream.ts';
import type { Clock } from './keyFrameGate.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { ServerLink } from './owner.ts';
import type { Space } from './space.ts';
import { kindOf } from './stream.ts';
import type { Living } from './worker.ts';

export interface OrdersOptions {
  readonly directory: Directory;
  readonly lifecycle: Lifecycle;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly draining: () => boolean;
  /** The worker as it is now; none while it is being replaced. */
  readonly worker: () => Living | undefined;
}

/** Carries out what servers order. Every refusal is a value. */
export class Orders {
  readonly #options: OrdersOptions;
  readonly #directory: Directory;

  constructor(options: OrdersOptions) {
    this.#options = options;
    this.#directory = options.directory;
  }

  async openEndpoint(
    link: ServerLink,
    request: Request<'openEndpoint'>,
  ): Promise<Answers['openEndpoint']> {
    if (this.#options.draining()) return fault('draining');
    const living = this.#options.worker();
    if (!living) return fault('workerUnavailable');
    let space: Space;
    try {
      // It may have been swept between its making and this turn.
      do space = await this.#directory.ensure(request.space, living.worker);
      while (space.router.closed);
    } catch (error) {
      return fault('workerUnavailable', error);
    }
    space.opening++;
    try {
      return await this.#open(space, link, request, living);
    } catch (error) {
      return fault('workerUnavailable', error);
    } finally {
      space.opening--;
      this.#directory.sweep(space);
    }
  }

  async connect(request: Request<'connect'>): Promise<Answers['connect']> {
    const found = this.#directory.find(request);
    if (!('endpoint' in found)) return found;
    try {
      await found.endpoint.connect(request.direction, request.dtlsParameters);
      return { ok: true };
    } catch (error) {
      return this.#rejected(found.endpoint, error);
    }
  }

  async restartIce(request: Request<'restartIce'>): Promise<Answers['restartIce']> {
    const found = this.#directory.find(request);
    if (!('endpoint' in found)) return found;
    try {
      return { ok: true, iceParameters: await found.endpoint.restartIce(request.direction) };
    } catch (error) {
      return this.#rejected(found.endpoint, error);
    }
  }

  async publish(request: Request<'publish'>): Promise<Answers['publish']> {
    const found = this.#directory.find(request);
    if (!('endpoint' in found)) return found;
    const { space, endpoint } = found;
    const { source, rtpParameters } = request;
    if (request.kind !== kindOf[source]) return fault('rejectedParameters', 'wrong kind of source');
    // mediasoup takes a picture's codec for sound, and every receiver's negotiation would fail on it.
    if (!rtpParameters.codecs.every((c) => c.mimeType.startsWith(`${request.kind}/`))) {
      return fault('rejectedParameters', 'codecs of another kind');
    }
    if (endpoint.homes.has(source) || endpoint.publishing.has(source)) {
      return fault('alreadyPublished');
    }
    endpoint.publishing.add(source);
    try {
      const stream = await HomeStream.create({
        transport: endpoint.sendTransport,
        ref: { endpoint: endpoint.id, source },
        rtpParameters,
        open: endpoint.open.has(source),
        clock: this.#options.clock,
      });
      // The plan may have changed while the worker was busy.
      await stream.setOpen(endpoint.open.has(source));
      if (endpoint.closed) return fault('staleIncarnation');
      space.publish(endpoint, stream);
      return { ok: true, producer: stream.producer.id };
    } catch (error) {
      return this.#rejected(endpoint, error);
    } finally {
      endpoint.publishing.delete(source);
    }
  }

  unpublish(request: Request<'unpublish'>): Answers['unpublish'] {
    const found = this.#directory.find(request);
    if (!('endpoint' in found)) return found;
    if (!found.endpoint.homes.has(request.source)) return fault('unknownStream');
    found.space.unpublish(found.endpoint, request.source);
    return { ok: true };
  }

  /** Consumers that are gone by now, and endpoints' former selves, are passed over. */
  ready(request: Request<'ready'>): Answers['ready'] {
    const space = this.#directory.get(request.space);
    if (!space) return fault('unknownSpace');
    for (const { endpoint: id, incarnation, consumers } of request.items) {
      const endpoint = space.endpoints.get(id);
      if (endpoint?.incarnation === incarnation) space.ready(endpoint, new Set(consumers));
    }
    return { ok: true };
  }

  apply(link: ServerLink, request: Request<'apply'>): Answers['apply'] {
    const space = this.#directory.get(request.space);
    if (!space) return fault('unknownSpace');
    const refused: { endpoint: string; fault: PlanFault }[] = [];
    const taken = new Map<Endpoint, EndpointPlan>();
    for (const plan of request.plans) {
      const endpoint = space.endpoints.get(plan.endpoint);
      const newest = endpoint && (taken.get(endpoint)?.token ?? endpoint.token);
      const fault = planFault(plan, endpoint, newest ?? 0);
      if (fault) refused.push({ endpoint: plan.endpoint, fault });
      else if (endpoint) taken.set(endpoint, plan);
    }
    space.apply([...taken]);
    for (const endpoint of taken.keys()) this.#options.lifecycle.adopt(space, endpoint, link);
    return { ok: true, refused };
  }

  closeEndpoint(request: Request<'closeEndpoint'>): Answers['closeEndpoint'] {
    const found = this.#directory.find(request);
    if (!('endpoint' in found)) return found;
    this.#options.lifecycle.drop(found.space, found.endpoint);
    this.#directory.sweep(found.space);
    return { ok: true };
  }

  async #open(
    space: Space,
    link: ServerLink,
    { endpoint: id, token, standby }: Request<'openEndpoint'>,
    { webRtcServer }: Living,
  ): Promise<Answers['openEndpoint']> {
    const { lifecycle, newId, clock } = this.#options;
    /** Whether somebody newer has it; if not, its former self makes way. */
    const taken = (): boolean => {
      const former = space.endpoints.get(id);
      if (former && former.token > token) return true;
      if (former) lifecycle.drop(space, former);
      return false;
    };
    if (taken()) return fault('staleToken');
    const { id: spaceId, router } = space;
    const incarnation = newId();
    const endpoint = await Endpoint.create({
      id,
      space: spaceId,
      incarnation,
      openedAt: clock.now(),
      token,
      standby,
      owner: link,
      router,
      webRtcServer,
    });
    if (taken() || this.#options.draining()) {
      endpoint.close();
      return fault(this.#options.draining() ? 'draining' : 'staleToken');
    }
    lifecycle.opened(space, endpoint);
    return {
      ok: true,
      incarnation,
      rtpCapabilities: router.rtpCapabilities,
      send: endpoint.offer('send'),
      receive: endpoint.offer('receive'),
    };
  }

  /** The fault of a browser's parameters, unless the endpoint or the worker went away under them. */
  #rejected(endpoint: Endpoint, error: unknown) {
    if (!this.#options.worker()) return fault('workerUnavailable');
    if (endpoint.closed) return fault('staleIncarnation');
    return fault('rejectedParameters', error);
  }
}

type PlanFault = 'unknownEndpoint' | 'staleIncarnation' | 'staleToken';

function planFault(
  plan: EndpointPlan,
  endpoint: Endpoint | undefined,
  newest: number,
): PlanFault | undefined {
  if (!endpoint) return 'unknownEndpoint';
  if (plan.incarnation !== undefined && plan.incarnation !== endpoint.incarnation) {
    return 'staleIncarnation';
  }
  return plan.token < newest ? 'staleToken' : undefined;
}
