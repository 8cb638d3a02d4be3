import type { types } from 'mediasoup';
import { type StreamRef, streamKey } from '../protocol/media.ts';
import type { PipeEnd, PipeOffer } from '../protocol/peer.ts';
import { endOf, type PipeListen, pipeTransport } from './pipeTransport.ts';
import { keyFrameRequestDelay, type Stream } from './stream.ts';
import { type TicketOffice, Turnstile } from './turnstile.ts';

/** The receiving end of one stream's pipe: the stream as this node's receivers have it. */
export class PipeIn implements Stream {
  readonly ref: StreamRef;
  readonly key: string;
  readonly pipe: string;
  readonly producer: types.Producer;
  readonly turnstile: Turnstile;
  readonly #transport: types.PipeTransport;

  /** The producer is never paused here: the home node alone opens and closes a stream. */
  static async create(options: {
    readonly router: types.Router;
    readonly listen: PipeListen;
    readonly offer: PipeOffer;
    readonly office: TicketOffice;
  }): Promise<PipeIn> {
    const { offer } = options;
    const transport = await pipeTransport(options.router, options.listen);
    try {
      await transport.connect({
        ip: offer.end.address,
        port: offer.end.port,
        srtpParameters: offer.end.srtp,
      });
      const producer = await transport.produce({
        kind: offer.kind,
        rtpParameters: offer.rtpParameters as types.RtpParameters,
        keyFrameRequestDelay,
      });
      return new PipeIn(offer, transport, producer, options.office);
    } catch (error) {
      transport.close();
      throw error;
    }
  }

  private constructor(
    offer: PipeOffer,
    transport: types.PipeTransport,
    producer: types.Producer,
    office: TicketOffice,
  ) {
    this.ref = offer.stream;
    this.key = streamKey(offer.stream);
    this.pipe = offer.pipe;
    this.producer = producer;
    this.#transport = transport;
    this.turnstile = new Turnstile(producer.kind === 'video' ? office : undefined);
  }

  get end(): PipeEnd {
    return endOf(this.#transport);
  }

  close(): void {
    this.#transport.close();
  }
}
