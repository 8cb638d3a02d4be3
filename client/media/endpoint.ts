import { type ReadonlySignal, signal } from '@preact/signals';
import { Device, type types } from 'mediasoup-client';
import type { Demand, Leg, MediaOffer, MediaProfile, Source } from '../../server/protocol/wire.ts';
import type { Link } from '../link/link.ts';
import type { Stat } from './measure.ts';
import { Path } from './path.ts';
import { Receiver } from './receiver.ts';
import { Sender } from './sender.ts';

interface EndpointOptions {
  readonly link: Link;
  readonly offer: MediaOffer;
  readonly profile: MediaProfile;
  /** What this site's line carries, bits per second, where another leg has found it out. */
  readonly uplink: number | undefined;
  /** The most of the camera that may be sent; null: no limit. */
  readonly cap: Demand | null;
  /** A path to the media node is up. */
  readonly onUp: () => void;
  /** The path to the media node is gone for good: another leg is needed. Called once. */
  readonly onDead: (endpoint: Endpoint, why: unknown) => void;
}

/** The server took a question and said no. */
class Refused extends Error {}

/** How long a refused source waits before it is offered again, in milliseconds. */
const refusedWait = 2_000;

/** One leg of this page: its two transports on one media node, and what goes over them. */
export class Endpoint {
  readonly leg: Leg;
  /** By what the servers know it. */
  readonly name: Pick<MediaOffer, 'node' | 'incarnation'>;
  readonly sender: Sender;
  readonly receiver: Receiver;
  readonly #options: EndpointOptions;
  readonly #transports: Readonly<Record<'send' | 'receive', types.Transport>>;
  readonly #paths: readonly Path[];
  readonly #alive = signal(true);
  readonly alive: ReadonlySignal<boolean> = this.#alive;

  /** @throws when the browser cannot make transports for the offer. */
  static async create(options: EndpointOptions): Promise<Endpoint> {
    const device = new Device();
    const routerRtpCapabilities = options.offer.rtpCapabilities as types.RtpCapabilities;
    await device.load({ routerRtpCapabilities });
    return new Endpoint(device, options);
  }

  constructor(device: Device, options: EndpointOptions) {
    const { link, offer, profile, uplink, cap } = options;
    this.#options = options;
    this.leg = offer.leg;
    this.name = { node: offer.node, incarnation: offer.incarnation };
    const iceServers = [...offer.iceServers] as RTCIceServer[];
    const { leg } = offer;
    this.#transports = {
      send: device.createSendTransport({ ...asTransport(offer.send), iceServers }),
      receive: device.createRecvTransport({ ...asTransport(offer.receive), iceServers }),
    };
    this.#paths = (['send', 'receive'] as const).map((direction) => this.#path(direction));
    this.#transports.send.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      const source = appData.source as Source;
      // mediasoup-client makes what the wire's schema describes; its types are only wider.
      const parameters = rtpParameters as Parameters<
        typeof link.ask<'media.publish'>
      >[1]['rtpParameters'];
      this.sender
        .shut(source)
        .then(() => link.ask('media.publish', { leg, source, kind, rtpParameters: parameters }))
        .then((reply) => {
          if (reply.ok) done({ id: reply.producer });
          else failed(new Refused(reply.refusal));
        })
        .catch(failed);
    });
    this.sender = new Sender({
      transport: this.#transports.send,
      profile,
      uplink,
      cap,
      unpublish: (source) => link.ask('media.unpublish', { leg, source }),
      onTrouble: (source, why) => this.#onTrouble(source, why),
    });
    this.receiver = new Receiver({
      transport: this.#transports.receive,
      ready: (consumers) => link.ask('media.ready', { leg, consumers }),
      onTrouble: (why) => this.#die(why),
    });
  }

  /** Everything that it sends or receives can go through now. */
  get connected(): boolean {
    const used = this.#paths.filter((path) => !path.unused);
    return this.#alive.peek() && used.length > 0 && used.every((path) => path.connected);
  }

  want(wanted: readonly { readonly source: Source; readonly demand: Demand }[]): void {
    for (const { source, demand } of wanted) this.sender.want(source, demand);
  }

  /** What the browser believes this site's line to carry, bits per second. */
  async uplink(): Promise<number | undefined> {
    const stats = await this.#transports.send.getStats().catch(() => []);
    for (const report of stats.values()) {
      if (report.type === 'candidate-pair' && report.nominated) {
        return report.availableOutgoingBitrate;
      }
    }
    return undefined;
  }

  /** What the browser says of both transports in this moment. */
  async stats(): Promise<Readonly<Record<'send' | 'receive', Stat[]>>> {
    const { send, receive } = this.#transports;
    const [sent, received] = await Promise.all([send.getStats(), receive.getStats()]);
    return { send: [...sent.values()], receive: [...received.values()] };
  }

  /** Finds both ways through the network anew, whether they seem to work or not. */
  restartIce(): void {
    for (const path of this.#paths) path.restart();
  }

  nudge(sure: boolean): void {
    for (const path of this.#paths) path.nudge(sure);
  }

  /** Sends nothing more, but keeps the last pictures until others take their place. */
  stopSending(): void {
    this.#alive.value = false;
    for (const path of this.#paths) path.close();
    this.sender.close();
    this.#transports.send.close();
  }

  close(): void {
    this.stopSending();
    this.receiver.close();
    this.#transports.receive.close();
  }

  #path(direction: 'send' | 'receive'): Path {
    const { link, onUp } = this.#options;
    const { leg } = this;
    const transport = this.#transports[direction];
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      link
        .ask('media.connect', { leg, direction, dtlsParameters })
        .then((reply) => {
          if (!reply.ok) throw new Error(reply.refusal);
          done();
        })
        .catch((why: Error) => {
          failed(why);
          // Half-negotiated, the browser's connection takes no further offer: only a new one will do.
          this.#die(why);
        });
    });
    return new Path({
      transport,
      line: link.live,
      credentials: async () => {
        const reply = await link.ask('media.restartIce', { leg, direction });
        if (!reply.ok) throw new Refused(reply.refusal);
        return reply.iceParameters as types.IceParameters;
      },
      onUp,
      onDead: (why) => this.#die(why),
    });
  }

  /**
   * A refusal leaves the transport as it was, so that one source alone is offered again. Anything
   * else (a line that broke in the middle of a negotiation) leaves it in no state to go on from.
   */
  #onTrouble(source: Source, why: unknown): void {
    if (why instanceof Refused) {
      console.warn(`media: ${source} refused`, why.message);
      setTimeout(() => void this.#offerAgain(source), refusedWait);
    } else {
      this.#die(why);
    }
  }

  /**
   * The node may have taken the source and only its answer have been lost. What it has then is a
   * stream that this page no longer sends, and it would refuse another beside it for ever.
   */
  async #offerAgain(source: Source): Promise<void> {
    if (!this.#alive.peek()) return;
    const { link } = this.#options;
    await link.ask('media.unpublish', { leg: this.leg, source }).catch(() => undefined);
    this.sender.sync(source);
  }

  #die(why: unknown): void {
    if (!this.#alive.peek()) return;
    this.#alive.value = false;
    this.#options.onDead(this, why);
  }
}

const asTransport = (offer: MediaOffer['send']) => ({
  id: offer.id,
  iceParameters: offer.iceParameters as types.IceParameters,
  iceCandidates: [...offer.iceCandidates] as types.IceCandidate[],
  dtlsParameters: offer.dtlsParameters as types.DtlsParameters,
});
