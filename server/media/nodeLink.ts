import { connect } from 'node:net';
import type { Logger } from 'pino';
import { io, type Socket } from 'socket.io-client';
import type { ReportMap } from '../../sfu/protocol/reports.ts';
import {
  type Answers,
  type Request,
  type RequestMap,
  type RequestName,
  requestEvent,
} from '../../sfu/protocol/requests.ts';

export type NodeEvents = {
  readonly [E in keyof ReportMap]: (node: NodeLink, change: Parameters<ReportMap[E]>[0]) => void;
} & {
  /** The link has closed and did not come back within the patience: the node counts as lost. */
  readonly lost: (node: NodeLink) => void;
};

export interface NodeLinkOptions {
  readonly id: string;
  /** Address of the node's control socket. */
  readonly url: string;
  readonly secret: string;
  /**
   * How long a closed link may take to come back before the node counts as lost, milliseconds. A
   * node whose machine says that nothing listens there any more is lost at once.
   */
  readonly patienceMs: number;
  /** How long this process has stood still lately, milliseconds. */
  readonly ownDelayMs: () => number;
  readonly events: NodeEvents;
  readonly log: Logger;
}

/** An answer that takes longer than this is as good as none, milliseconds. */
const answerTimeoutMs = 3_000;

/** A stall of this length explains that a node was not heard, milliseconds; its deadline is 700. */
const sleptMs = 500;
/** How long the link may then take to come back, milliseconds. */
const sleptPatienceMs = 2_500;

/** This server's control link to one media node. Requests never throw: a broken link is a fault. */
export class NodeLink {
  readonly id: string;
  readonly url: string;
  readonly #socket: Socket<ReportMap, RequestMap>;
  readonly #events: NodeEvents;
  #lostTimer: NodeJS.Timeout | undefined;

  constructor(o: NodeLinkOptions) {
    this.id = o.id;
    this.url = o.url;
    this.#socket = io(o.url, {
      transports: ['websocket'],
      auth: { secret: o.secret, role: 'server' },
      reconnectionDelay: 100,
      reconnectionDelayMax: 1_000,
      forceNew: true,
    });
    const { events } = o;
    this.#socket.on('report', (change) => events.report(this, change));
    this.#socket.on('load', (change) => events.load(this, change));
    this.#socket.on('streams', (change) => events.streams(this, change));
    this.#socket.on('consumers', (change) => events.consumers(this, change));
    this.#socket.on('demand', (change) => events.demand(this, change));
    this.#socket.on('endpointsClosed', (change) => events.endpointsClosed(this, change));
    this.#socket.on('levels', (change) => events.levels(this, change));
    this.#socket.on('connect', () => {
      clearTimeout(this.#lostTimer);
      this.#lostTimer = undefined;
      o.log.info({ node: o.id }, 'node linked');
    });
    this.#socket.on('disconnect', (reason) => {
      if (reason === 'io client disconnect') return;
      o.log.warn({ node: o.id, reason }, 'node link closed');
      // A silence that we ourselves have slept through is no word about the node.
      const slept = reason === 'ping timeout' && o.ownDelayMs() > sleptMs;
      const patienceMs = slept ? sleptPatienceMs : o.patienceMs;
      this.#lostTimer = setTimeout(() => this.#lost(), patienceMs);
      whenRefused(o.url, () => this.#lost());
    });
    this.#events = events;
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  async request<N extends RequestName>(name: N, request: Request<N>): Promise<Answers[N]> {
    const down = { ok: false as const, fault: 'workerUnavailable' as const };
    if (!this.#socket.connected) return { ...down, detail: 'the link is down' } as Answers[N];
    try {
      // The map ties each name to its request and answer; socket.io's generics cannot follow.
      const socket = this.#socket.timeout(answerTimeoutMs) as unknown as {
        emitWithAck(name: string, request: unknown): Promise<Answers[N]>;
      };
      return await socket.emitWithAck(requestEvent(name), request);
    } catch {
      return { ...down, detail: 'no answer' } as Answers[N];
    }
  }

  close(): void {
    clearTimeout(this.#lostTimer);
    this.#lostTimer = undefined;
    this.#socket.disconnect();
  }

  /** Once for each time that the link closed and did not come back. */
  #lost(): void {
    if (this.#lostTimer === undefined) return;
    clearTimeout(this.#lostTimer);
    this.#lostTimer = undefined;
    this.#events.lost(this);
  }
}

/** Calls back when nothing listens at the address. Any other outcome says nothing. */
function whenRefused(url: string, refused: () => void): void {
  const { hostname, port } = new URL(url);
  const probe = connect({ host: hostname, port: Number(port), timeout: 1_000 });
  probe.once('connect', () => probe.destroy());
  probe.once('timeout', () => probe.destroy());
  probe.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') refused();
  });
}
