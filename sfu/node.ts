import type { Logger } from 'pino';
import { systemClock } from './media/clock.ts';
import { Directory } from './media/directory.ts';
import type { Clock } from './media/keyFrameGate.ts';
import { Lifecycle } from './media/lifecycle.ts';
import { Orders } from './media/orders.ts';
import { Outbox } from './media/outbox.ts';
import type { ServerLink } from './media/owner.ts';
import type { PipeListen } from './media/pipeTransport.ts';
import type { PullDesk } from './media/pull.ts';
import { RemoteWishes } from './media/remoteWishes.ts';
import type { Space } from './media/space.ts';
import { MediaWorker, type RtcListen } from './media/worker.ts';
import type { NodeLoad, NodeReport } from './protocol/reports.ts';

export interface NodeOptions {
  readonly node: string;
  readonly region: string;
  /** Where peers reach this node; known once its port is. */
  readonly controlUrl: () => string;
  readonly log: Logger;
  readonly rtc: RtcListen;
  readonly pipes: PipeListen;
  readonly desk: PullDesk;
  /** A fresh, unguessable id; names an endpoint's incarnation. */
  readonly newId: () => string;
  readonly clock?: Clock;
  readonly heartbeat?: { readonly every: number; readonly deadline: number };
  /** How long an endpoint lives without a server that cares for it; ms. */
  readonly orphanGraceMs?: number;
  /** An endpoint has gone, or a server's link has come or gone. */
  readonly onChange?: () => void;
}

/** A media node without its wires: carries out what servers order, and tells what happens. */
export class MediaNode {
  readonly orders: Orders;
  readonly remote: RemoteWishes;
  readonly #options: NodeOptions;
  readonly #directory: Directory;
  readonly #lifecycle: Lifecycle;
  readonly #links = new Set<ServerLink>();
  #draining = false;
  #closed = false;
  #worker: MediaWorker | undefined;
  #loadTimer: NodeJS.Timeout | undefined;

  static async create(options: NodeOptions): Promise<MediaNode> {
    const node = new MediaNode(options);
    node.#worker = await MediaWorker.create({
      log: options.log,
      rtc: options.rtc,
      ...(options.heartbeat && { heartbeat: options.heartbeat }),
      onLost: () => node.#lifecycle.workerLost(),
      onReplaced: () => node.#reportToAll(),
    });
    node.#loadTimer = setInterval(() => node.#tellLoad(), 1000);
    return node;
  }

  private constructor(options: NodeOptions) {
    const { log, newId } = options;
    const clock = options.clock ?? systemClock;
    this.#options = options;
    this.remote = new RemoteWishes({
      log,
      clock,
      listen: options.pipes,
      find: (id, key) => {
        const space = this.#directory.get(id);
        const stream = space?.home(key);
        return space && stream && { router: space.router, stream };
      },
      onDemand: (id, key) => this.#directory.get(id)?.demand(key),
    });
    const directory = new Directory({
      node: options.node,
      log,
      clock,
      outbox: new Outbox(() => this.#links),
      listen: options.pipes,
      desk: options.desk,
      remote: this.remote,
    });
    const lifecycle = new Lifecycle({
      directory,
      links: this.#links,
      log,
      clock,
      orphanGraceMs: options.orphanGraceMs ?? 30_000,
      onGone: () => options.onChange?.(),
    });
    this.#directory = directory;
    this.#lifecycle = lifecycle;
    this.orders = new Orders({
      directory,
      lifecycle,
      clock,
      newId,
      draining: () => this.#draining,
      worker: () => this.#worker?.living,
    });
  }

  /** Whether media can flow at all. */
  get ready(): boolean {
    return this.#worker?.living !== undefined && !this.#draining;
  }

  get workerPid(): number | undefined {
    return this.#worker?.living?.worker.pid;
  }

  /** Whether there is an endpoint here, or one is being made. */
  get busy(): boolean {
    return this.#directory.all().some((space) => space.endpoints.size + space.opening > 0);
  }

  /** Whether any server is linked. */
  get linked(): boolean {
    return this.#links.size > 0;
  }

  space(id: string): Space | undefined {
    return this.#directory.get(id);
  }

  report(): NodeReport {
    const { node, region } = this.#options;
    const controlUrl = this.#options.controlUrl();
    const spaces = this.#directory.report();
    return { node, region, controlUrl, draining: this.#draining, load: this.load(), spaces };
  }

  load(): NodeLoad {
    const spaces = this.#directory.all();
    const endpoints = spaces.flatMap((space) => [...space.endpoints.values()]);
    return {
      cpu: this.#worker?.cpu.share ?? 0,
      endpoints: endpoints.length,
      standbys: endpoints.filter(({ standby }) => standby).length,
      consumers: spaces.reduce((sum, space) => sum + space.consumers(), 0),
    };
  }

  linkOpened(link: ServerLink): void {
    this.#links.add(link);
    link.tell('report', this.report());
    this.#options.onChange?.();
  }

  linkClosed(link: ServerLink): void {
    this.#links.delete(link);
    this.#lifecycle.ownerGone(link);
    this.#options.onChange?.();
  }

  /** Takes nothing new from now on, and tells the servers so at once; what is there goes on. */
  drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    this.#tellLoad();
  }

  /** Takes nothing new, tells the servers so, and closes all that is there. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.drain();
    clearInterval(this.#loadTimer);
    this.#lifecycle.close();
    this.#worker?.close();
  }

  #reportToAll(): void {
    const report = this.report();
    for (const link of this.#links) link.tell('report', report);
  }

  #tellLoad(): void {
    const load = { ...this.load(), draining: this.#draining };
    for (const link of this.#links) link.tell('load', load);
  }
}
