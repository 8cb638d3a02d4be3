import type { types } from 'mediasoup';
import type {
  Demand,
  Direction,
  DtlsParameters,
  Source,
  TransportOffer,
} from '../protocol/media.ts';
import type { EndpointReport } from '../protocol/reports.ts';
import type { HomeStream } from './homeStream.ts';
import type { ServerLink } from './owner.ts';
import type { Wish } from './planDiff.ts';

/** Assumed until congestion control knows better (bit/s): enough for the programme at once. */
const initialAvailableOutgoingBitrate = 2_000_000;

/**
 * Congestion control never goes below this (bit/s): the programme's sound and its smallest
 * pictures. Losses alone, on a line that is merely bad, would bring it down to next to nothing.
 */
const minOutgoingBitrate = 250_000;

export interface EndpointOptions {
  readonly id: string;
  readonly space: string;
  readonly incarnation: string;
  readonly openedAt: number;
  readonly token: number;
  readonly standby: boolean;
  readonly owner: ServerLink;
  readonly router: types.Router;
  readonly webRtcServer: types.WebRtcServer;
}

/** A seat or viewer on this node: one transport to send on, one to receive on. */
export class Endpoint {
  readonly id: string;
  readonly space: string;
  readonly incarnation: string;
  /** When this self began, by the node's clock. */
  readonly openedAt: number;
  /** The newest order that was carried out. */
  token: number;
  /** It stands by for another of its sender or receiver on another node. */
  standby: boolean;
  /** The server that last opened it or gave it a plan; none while nobody cares for it. */
  owner: ServerLink | undefined;
  /** Sources whose packets the plan lets through. */
  open: ReadonlySet<Source> = new Set();
  wishes: ReadonlyMap<string, Wish> = new Map();
  readonly homes = new Map<Source, HomeStream>();
  /** Sources that are being published in this moment. */
  readonly publishing = new Set<Source>();
  readonly demands = new Map<Source, Demand>();
  readonly #transports: Record<Direction, types.WebRtcTransport>;

  static async create(options: EndpointOptions): Promise<Endpoint> {
    const make = () =>
      options.router.createWebRtcTransport({
        webRtcServer: options.webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        initialAvailableOutgoingBitrate,
      });
    const [send, receive] = await Promise.all([make(), make()]);
    await receive.setMinOutgoingBitrate(minOutgoingBitrate);
    return new Endpoint(options, { send, receive });
  }

  private constructor(
    options: EndpointOptions,
    transports: Record<Direction, types.WebRtcTransport>,
  ) {
    this.id = options.id;
    this.space = options.space;
    this.incarnation = options.incarnation;
    this.openedAt = options.openedAt;
    this.token = options.token;
    this.standby = options.standby;
    this.owner = options.owner;
    this.#transports = transports;
  }

  get receiveTransport(): types.WebRtcTransport {
    return this.#transports.receive;
  }

  get sendTransport(): types.WebRtcTransport {
    return this.#transports.send;
  }

  get closed(): boolean {
    return this.#transports.send.closed || this.#transports.receive.closed;
  }

  /** Calls back once when the browser ends either connection or its handshake fails. */
  onBroken(broken: () => void): void {
    for (const transport of Object.values(this.#transports)) {
      transport.on('dtlsstatechange', (state) => {
        if (state === 'failed' || state === 'closed') broken();
      });
    }
  }

  offer(direction: Direction): TransportOffer {
    const { id, iceParameters, iceCandidates, dtlsParameters } = this.#transports[direction];
    return { id, iceParameters, iceCandidates, dtlsParameters };
  }

  /** Rejects when the parameters are not understood, or the transport is connected already. */
  async connect(direction: Direction, dtlsParameters: DtlsParameters): Promise<void> {
    await this.#transports[direction].connect({
      dtlsParameters: dtlsParameters as types.DtlsParameters,
    });
  }

  /** New ICE credentials; the handshake that was made stays. Rejects when the transport is gone. */
  restartIce(direction: Direction): Promise<types.IceParameters> {
    return this.#transports[direction].restartIce();
  }

  report(): EndpointReport {
    const { id, incarnation, token, standby } = this;
    const published = [...this.homes.keys()];
    return {
      endpoint: id,
      incarnation,
      token,
      standby,
      published,
      open: published.filter((source) => this.open.has(source)),
    };
  }

  close(): void {
    for (const transport of Object.values(this.#transports)) transport.close();
  }
}
