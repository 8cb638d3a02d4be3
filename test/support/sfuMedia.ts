import { observer, type types } from 'mediasoup';
import type { RunningNode } from '../../sfu/createNode.ts';
import { systemClock } from '../../sfu/media/clock.ts';
import { HomeStream } from '../../sfu/media/homeStream.ts';
import type { Source } from '../../sfu/protocol/media.ts';
import { nextSsrc, opus, space, vp8 } from './sfuNodes.ts';

const piped: types.Producer[] = [];
const routers = new Map<string, types.Router>();

/** Sees every router and every piped producer in this process, whichever node made them. */
export function watchMedia(): void {
  observer.on('newworker', (worker) => {
    worker.observer.on('newrouter', (router) => {
      routers.set(router.id, router);
      router.observer.on('newtransport', (transport) => {
        if (transport.type !== 'pipe') return;
        transport.observer.on('newproducer', (producer) => piped.push(producer));
      });
    });
  });
}

/** Producers that came over a pipe and are still there. */
export const pipedProducers = (): types.Producer[] => piped.filter((p) => !p.closed);

/** By SSRC: a gap in the sequence numbers would be taken for loss. */
const sent = new Map<number, { sequence: number; timestamp: number }>();

/** One RTP packet (RFC 3550) with an Opus frame or a whole VP8 frame (RFC 7741) as its payload. */
function packet(ssrc: number, kind: types.MediaKind, keyFrame: boolean): Buffer {
  const last = sent.get(ssrc) ?? { sequence: 0, timestamp: 0 };
  sent.set(ssrc, last);
  last.sequence = (last.sequence + 1) & 0xffff;
  last.timestamp = (last.timestamp + 3000) >>> 0;
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = 0x80 | (kind === 'audio' ? 100 : 101);
  header.writeUInt16BE(last.sequence, 2);
  header.writeUInt32BE(last.timestamp, 4);
  header.writeUInt32BE(ssrc, 8);
  const vp8Frame = [0x10, keyFrame ? 0x10 : 0x11, 2, 0, 0x9d, 0x01, 0x2a, 64, 0, 36, 0, 1, 2, 3, 4];
  return Buffer.concat([header, Buffer.from(kind === 'audio' ? [0xfc, 1, 2, 3, 4, 5] : vp8Frame)]);
}

/**
 * A stream whose packets the test itself makes, published as if a browser sent it: everything
 * from the producer on is what a browser's stream goes through.
 */
export class InjectedStream {
  readonly stream: HomeStream;
  /** When key frames were asked for, by this machine's monotonic clock in ms. */
  readonly keyFrameRequests: number[] = [];
  readonly #ssrc: number;
  readonly #encodings: number;

  static async create(node: RunningNode, endpointId: string, source: Source, encodings = 1) {
    const home = node.media.space(space);
    const endpoint = home?.endpoints.get(endpointId);
    if (!home || !endpoint) throw new Error(`no endpoint ${endpointId}`);
    const transport = await home.router.createDirectTransport();
    const ssrc = nextSsrc();
    const stream = await HomeStream.create({
      transport,
      ref: { endpoint: endpointId, source },
      rtpParameters: source === 'microphone' ? opus(ssrc) : vp8(ssrc, encodings),
      open: endpoint.open.has(source),
      clock: systemClock,
    });
    home.publish(endpoint, stream);
    return new InjectedStream({ stream, ssrc, encodings, transport });
  }

  /**
   * Until the worker has dealt with all that was sent, and its taps have told of it. A packet is
   * told one turn of the event loop later than an answer that came with it: hence two answers.
   */
  async settled(): Promise<void> {
    await this.stream.producer.getStats();
    await this.stream.producer.getStats();
  }

  private constructor({
    stream,
    ssrc,
    encodings,
    transport,
  }: {
    stream: HomeStream;
    ssrc: number;
    encodings: number;
    transport: types.DirectTransport;
  }) {
    this.stream = stream;
    this.#ssrc = ssrc;
    this.#encodings = encodings;
    transport.on('rtcp', (rtcp) => {
      // Payload-specific feedback, picture loss indication (RFC 4585 §6.3.1).
      for (let at = 0; at + 4 <= rtcp.length; at += 4 * (rtcp.readUInt16BE(at + 2) + 1)) {
        if (rtcp[at + 1] === 206 && ((rtcp[at] ?? 0) & 0x1f) === 1) {
          this.keyFrameRequests.push(performance.now());
          this.onRequest();
        }
      }
    });
  }

  /** Called with every request for a key frame. */
  onRequest: () => void = () => {};

  /** One frame of each encoding. */
  send(keyFrame = false): void {
    const { producer } = this.stream;
    if (producer.closed) return;
    for (let i = 0; i < this.#encodings; i++) {
      producer.send(packet(this.#ssrc + i, producer.kind, keyFrame));
    }
  }
}

/** Counts the packets of a producer as a receiver in its router gets them. */
export async function tap(producer: types.Producer): Promise<() => number> {
  for (const router of routers.values()) {
    if (router.closed) continue;
    const ids = (await router.dump()).mapProducerIdConsumerIds.map((entry) => entry.key);
    if (!ids.includes(producer.id)) continue;
    const transport = await router.createDirectTransport();
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: router.rtpCapabilities,
    });
    let count = 0;
    consumer.on('rtp', () => {
      count += 1;
    });
    return () => count;
  }
  throw new Error('no router has this producer');
}
