import { Device, type types } from 'mediasoup-client';
import type { Demand, MediaOffer, MediaProfile, Source } from '../../server/protocol/wire.ts';
import type { Link } from '../link/link.ts';
import { Receiver } from './receiver.ts';
import { Sender } from './sender.ts';

/** How long a path may be cut before the endpoint counts as dead, in milliseconds. */
const patience = 6_000;

interface EndpointOptions {
  readonly link: Link;
  readonly offer: MediaOffer;
  readonly profile: MediaProfile;
  /** A path to the media node is up. */
  readonly onUp: () => void;
  /** The path to the media node is gone for good: a new endpoint is needed. Called once. */
  readonly onDead: (why: unknown) => void;
}

/** The server took a question and said no. */
class Refused extends Error {}

/** How long a refused source waits before it is offered again, in milliseconds. */
const refusedWait = 5_000;

/** This page's two transports on one media node, and what goes over them. */
export class Endpoint {
  /** By what the servers know it. */
  readonly name: Pick<MediaOffer, 'node' | 'incarnation'>;
  readonly sender: Sender;
  readonly receiver: Receiver;
  readonly #send: types.Transport;
  readonly #receive: types.Transport;
  readonly #onUp: () => void;
  readonly #onDead: (why: unknown) => void;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #dead = false;

  /** @throws when the browser cannot make transports for the offer. */
  static async create(options: EndpointOptions): Promise<Endpoint> {
    const device = new Device();
    const routerRtpCapabilities = options.offer.rtpCapabilities as types.RtpCapabilities;
    await device.load({ routerRtpCapabilities });
    return new Endpoint(device, options);
  }

  constructor(device: Device, { link, offer, profile, onUp, onDead }: EndpointOptions) {
    this.name = { node: offer.node, incarnation: offer.incarnation };
    this.#onUp = onUp;
    this.#onDead = onDead;
    const iceServers = [...offer.iceServers] as RTCIceServer[];
    this.#send = device.createSendTransport({ ...asTransport(offer.send), iceServers });
    this.#receive = device.createRecvTransport({ ...asTransport(offer.receive), iceServers });
    for (const [transport, direction] of [
      [this.#send, 'send'],
      [this.#receive, 'receive'],
    ] as const) {
      transport.on('connect', ({ dtlsParameters }, done, failed) => {
        link
          .ask('media.connect', { direction, dtlsParameters })
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
      transport.on('connectionstatechange', () => this.#watch());
    }
    this.#send.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      const source = appData.source as Source;
      // mediasoup-client makes what the wire's schema describes; its types are only wider.
      const parameters = rtpParameters as Parameters<
        typeof link.ask<'media.publish'>
      >[1]['rtpParameters'];
      link.ask('media.publish', { source, kind, rtpParameters: parameters }).then((reply) => {
        if (reply.ok) done({ id: reply.producer });
        else failed(new Refused(reply.refusal));
      }, failed);
    });
    this.sender = new Sender({
      transport: this.#send,
      profile,
      unpublish: (source) => link.ask('media.unpublish', { source }),
      onTrouble: (source, why) => this.#onTrouble(source, why),
    });
    this.receiver = new Receiver({
      transport: this.#receive,
      ready: (consumers) => link.ask('media.ready', { consumers }),
      onTrouble: (why) => this.#die(why),
    });
  }

  get alive(): boolean {
    return !this.#dead;
  }

  want(wanted: readonly { readonly source: Source; readonly demand: Demand }[]): void {
    for (const { source, demand } of wanted) this.sender.want(source, demand);
  }

  /** Sends nothing more, but keeps the last pictures until others take their place. */
  stopSending(): void {
    this.#dead = true;
    clearTimeout(this.#patience);
    this.sender.close();
    this.#send.close();
  }

  close(): void {
    this.stopSending();
    this.receiver.close();
    this.#receive.close();
  }

  #watch(): void {
    const states = [this.#send.connectionState, this.#receive.connectionState];
    clearTimeout(this.#patience);
    if (states.includes('connected')) this.#onUp();
    if (states.includes('failed')) this.#die('failed');
    else if (states.includes('disconnected')) {
      this.#patience = setTimeout(() => this.#die('disconnected'), patience);
    }
  }

  /**
   * A refusal leaves the transport as it was, so that one source alone is offered again. Anything
   * else (a line that broke in the middle of a negotiation) leaves it in no state to go on from.
   */
  #onTrouble(source: Source, why: unknown): void {
    if (why instanceof Refused) {
      console.warn(`media: ${source} refused`, why.message);
      setTimeout(() => this.sender.sync(source), refusedWait);
    } else {
      this.#die(why);
    }
  }

  #die(why: unknown): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#onDead(why);
  }
}

const asTransport = (offer: MediaOffer['send']) => ({
  id: offer.id,
  iceParameters: offer.iceParameters as types.IceParameters,
  iceCandidates: [...offer.iceCandidates] as types.IceCandidate[],
  dtlsParameters: offer.dtlsParameters as types.DtlsParameters,
});
