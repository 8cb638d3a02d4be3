import type { types } from 'mediasoup';
import type { RunningNode } from '../../sfu/createNode.ts';
import type { InjectedStream } from './sfuMedia.ts';
import { space, type TestLink } from './sfuNodes.ts';

/**
 * A browser makes no second key frame within 300 ms of a request (libwebrtc's minimum). Less here,
 * because this process, which plays node and browser, may see a request late; ms.
 */
const deaf = 250;
/** From a request to its key frame; ms. */
const answer = 40;
const frameEvery = 20;
/** A frame so late says that this process stood still, and knows no order of what came meanwhile; ms. */
const stall = 80;

/** A camera as a browser runs it: answers a request with a key frame, and drops one too soon after. */
export class Camera {
  keyFrames = 0;
  /**
   * Requests that a browser would not have heard, and that no key frame came after, while this
   * process kept time.
   */
  unheard = 0;
  readonly #stream: InjectedStream;
  #timer: NodeJS.Timeout | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #answerAt = Number.NEGATIVE_INFINITY;
  #frameAt = 0;
  #blurredUntil = 0;

  constructor(stream: InjectedStream) {
    this.#stream = stream;
    stream.onRequest = () => this.#asked(performance.now());
  }

  /** Its first frame is a key frame. */
  start(): void {
    if (this.#timer) return;
    this.#frameAt = performance.now();
    this.#answerAt = this.#frameAt;
    this.#frame();
    this.#timer = setInterval(() => this.#frame(), frameEvery);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #asked(now: number): void {
    const coming = this.#answerAt > 0;
    if (now - this.#askedAt >= deaf) {
      this.#askedAt = now;
      this.#answerAt = now + answer;
    } else if (!coming && now > this.#blurredUntil) this.unheard += 1;
  }

  #frame(): void {
    const now = performance.now();
    if (now - this.#frameAt > stall) this.#blurredUntil = now + deaf;
    this.#frameAt = now;
    const key = this.#answerAt > 0 && now >= this.#answerAt;
    if (key) {
      this.keyFrames += 1;
      this.#answerAt = Number.NEGATIVE_INFINITY;
    }
    this.#stream.send(key);
  }
}

/**
 * An endpoint whose received packets come to the test: its consumers are made on a transport that
 * needs no browser, and are paused and resumed, and ask for key frames, as any.
 */
export class Receiver {
  readonly endpoint: string;
  readonly incarnation: string;
  /** Since the last look: how many packets, and whether the first was a key frame's. */
  packets = 0;
  begins: 'keyFrame' | 'deltaFrame' | undefined;

  static async create(
    { node, link }: { node: RunningNode; link: TestLink },
    id: string,
  ): Promise<Receiver> {
    const incarnation = await link.open(id, 1, true);
    const home = node.media.space(space);
    const endpoint = home?.endpoints.get(id);
    if (!home || !endpoint) throw new Error(`no endpoint ${id}`);
    const transport = await home.router.createDirectTransport();
    Object.defineProperty(endpoint, 'receiveTransport', { value: transport });
    return new Receiver(id, incarnation, transport);
  }

  private constructor(id: string, incarnation: string, transport: types.DirectTransport) {
    this.endpoint = id;
    this.incarnation = incarnation;
    transport.observer.on('newconsumer', (consumer) => {
      consumer.on('rtp', (packet) => {
        this.begins ??= isKeyFrame(packet) ? 'keyFrame' : 'deltaFrame';
        this.packets += 1;
      });
    });
  }

  /** Counts anew from here. */
  reset(): void {
    this.packets = 0;
    this.begins = undefined;
  }
}

/** Of the packets that injected streams are made of: one octet of VP8 descriptor, then the frame. */
function isKeyFrame(packet: Buffer): boolean {
  const first = packet[0] ?? 0;
  const extension = first & 0x10 ? 4 + 4 * packet.readUInt16BE(14 + 4 * (first & 0x0f)) : 0;
  const payload = 12 + 4 * (first & 0x0f) + extension;
  return ((packet[payload + 1] ?? 1) & 1) === 0;
}
