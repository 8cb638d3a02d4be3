import type { types } from 'mediasoup';
import type { RunningNode } from '../../sfu/createNode.ts';
import { systemClock } from '../../sfu/media/clock.ts';
import { HomeStream } from '../../sfu/media/homeStream.ts';
import { nextSsrc, opus, space } from './sfuNodes.ts';

const levelExtension = 10;

/** A microphone whose packets say how loud it is, as a browser's do (RFC 6464). */
export class ToneStream {
  readonly #producer: types.Producer;
  readonly #ssrc: number;
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;

  static async create(node: RunningNode, endpointId: string): Promise<ToneStream> {
    const home = node.media.space(space);
    const endpoint = home?.endpoints.get(endpointId);
    if (!home || !endpoint) throw new Error(`no endpoint ${endpointId}`);
    const ssrc = nextSsrc();
    const stream = await HomeStream.create({
      transport: await home.router.createDirectTransport(),
      ref: { endpoint: endpointId, source: 'microphone' },
      rtpParameters: {
        ...opus(ssrc),
        headerExtensions: [
          { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: levelExtension },
        ],
      },
      open: endpoint.open.has('microphone'),
      clock: systemClock,
    });
    home.publish(endpoint, stream);
    return new ToneStream(stream.producer, ssrc);
  }

  constructor(producer: types.Producer, ssrc: number) {
    this.#producer = producer;
    this.#ssrc = ssrc;
  }

  /** Sounds on, 50 packets a second, until stopped; `dBov` is −127 … 0. */
  sound(dBov: number): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      if (!this.#producer.closed) this.#producer.send(this.#packet(dBov));
    }, 20);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** RTP (RFC 3550) with a one-byte header extension (RFC 8285 §4.2) and an Opus frame. */
  #packet(dBov: number): Buffer {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const header = Buffer.alloc(20);
    header[0] = 0x90;
    header[1] = 100;
    header.writeUInt16BE(this.#sequence, 2);
    header.writeUInt32BE((this.#sequence * 960) >>> 0, 4);
    header.writeUInt32BE(this.#ssrc, 8);
    header.writeUInt16BE(0xbede, 12);
    header.writeUInt16BE(1, 14);
    header[16] = levelExtension << 4;
    // The voice flag, and the level without its sign.
    header[17] = 0x80 | -dBov;
    return Buffer.concat([header, Buffer.from([0xfc, 1, 2, 3, 4, 5])]);
  }
}
