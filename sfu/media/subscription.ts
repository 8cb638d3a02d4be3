import type { types } from 'mediasoup';
import type { ConsumerOffer, Layer } from '../protocol/media.ts';
import type { Clock } from './keyFrameGate.ts';
import { spatialLayer } from './planDiff.ts';
import type { Stream } from './stream.ts';
import { layerTicket } from './turnstile.ts';

/** How long a started subscription waits for a key frame before it asks again; ms. */
const sweepAfter = 350;
/** A source that sends nothing is not asked for ever. */
const sweeps = 4;

export interface SubscriptionOptions {
  readonly transport: types.WebRtcTransport;
  readonly rtpCapabilities: types.RtpCapabilities;
  readonly stream: Stream;
  readonly layer: Layer;
  readonly clock: Clock;
  /** Whether others may count on its browser to be ready soon. */
  readonly prompt: boolean;
  /** The consumer is made, paused: the browser can make its side. */
  readonly onMade: (offer: ConsumerOffer) => void;
  /** Closed, after it had been made; never called twice. */
  readonly onGone: (consumer: string) => void;
  /** mediasoup would not make it. */
  readonly onRefused: (error: unknown) => void;
}

/** One endpoint's receiving of one stream. */
export class Subscription {
  readonly stream: Stream;
  #layer: Layer;
  readonly #options: SubscriptionOptions;
  #consumer: types.Consumer | undefined;
  #state: 'making' | 'made' | 'ready' | 'flowing' | 'closed' = 'making';
  #cancelSweep: (() => void) | undefined;

  /** Starts to make the consumer at once; `onMade` tells when it is there. */
  constructor(options: SubscriptionOptions) {
    this.#options = options;
    this.stream = options.stream;
    this.#layer = options.layer;
    void this.#make();
  }

  get layer(): Layer {
    return this.#layer;
  }

  get id(): string | undefined {
    return this.#consumer?.id;
  }

  /** What the browser needs to make its side; nothing before the consumer is made. */
  get offer(): ConsumerOffer | undefined {
    return this.#consumer && this.#offer(this.#consumer);
  }

  /** The browser has made its side. */
  ready(): void {
    const consumer = this.#consumer;
    if (!consumer || this.#state !== 'made') return;
    this.#state = 'ready';
    this.stream.turnstile.ready(consumer.id, () => this.#start(consumer));
  }

  setLayer(layer: Layer): void {
    if (layer === this.#layer) return;
    this.#layer = layer;
    const consumer = this.#consumer;
    if (consumer?.type !== 'simulcast') return;
    // Before it flows a change asks for no key frame, so it need not wait for its turn.
    if (this.#state !== 'flowing') void this.#prefer(consumer);
    else this.stream.turnstile.ready(layerTicket(consumer.id), () => this.#prefer(consumer));
  }

  close(): void {
    const consumer = this.#consumer;
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#cancelSweep?.();
    if (!consumer) return;
    this.stream.turnstile.forget(consumer.id);
    this.stream.turnstile.forget(layerTicket(consumer.id));
    consumer.close();
    this.#options.onGone(consumer.id);
  }

  async #make(): Promise<void> {
    const { transport, rtpCapabilities, stream } = this.#options;
    let consumer: types.Consumer;
    try {
      consumer = await transport.consume({
        producerId: stream.producer.id,
        rtpCapabilities,
        paused: true,
        ...(stream.producer.type === 'simulcast' && { preferredLayers: this.#preferred() }),
      });
      if (consumer.kind === 'video' && consumer.type === 'simple') {
        await consumer.enableTraceEvent(['keyframe']);
      }
    } catch (error) {
      // Closed while it was being made: the transport or the producer went away under it.
      if (this.#state !== 'closed') this.#options.onRefused(error);
      return;
    }
    if (this.#state === 'closed') return consumer.close();
    this.#consumer = consumer;
    this.#state = 'made';
    if (consumer.type === 'simulcast') void this.#prefer(consumer);
    consumer.on('layerschange', (layers) => {
      if (layers) this.#cancelSweep?.();
    });
    consumer.on('trace', () => this.#cancelSweep?.());
    if (this.#options.prompt) stream.turnstile.expect(consumer.id);
    this.#options.onMade(this.#offer(consumer));
  }

  async #start(consumer: types.Consumer): Promise<void> {
    this.#state = 'flowing';
    if (consumer.kind === 'video') this.#sweepLater(consumer, sweeps);
    await consumer.resume().catch(ignoreClosed);
  }

  /** Asks once more, in a wave of its own, where no key frame has come through. */
  #sweepLater(consumer: types.Consumer, left: number): void {
    this.#cancelSweep?.();
    if (left === 0) return;
    this.#cancelSweep = this.#options.clock.after(sweepAfter, () => {
      if (consumer.closed || consumer.producerPaused) return;
      this.stream.turnstile.again(consumer.id, () => {
        this.#sweepLater(consumer, left - 1);
        return consumer.requestKeyFrame().catch(ignoreClosed);
      });
    });
  }

  async #prefer(consumer: types.Consumer): Promise<void> {
    if (consumer.preferredLayers?.spatialLayer === this.#preferred().spatialLayer) return;
    await consumer.setPreferredLayers(this.#preferred()).catch(ignoreClosed);
  }

  #preferred(): types.ConsumerLayers {
    const { encodings } = this.stream.producer.rtpParameters;
    return { spatialLayer: spatialLayer(this.#layer, encodings?.length ?? 1) };
  }

  #offer(consumer: types.Consumer): ConsumerOffer {
    return {
      id: consumer.id,
      producerId: consumer.producerId,
      stream: this.stream.ref,
      kind: consumer.kind,
      rtpParameters: consumer.rtpParameters,
    };
  }
}

/** A request to the worker fails when its object was closed meanwhile; then it has no object. */
function ignoreClosed(): void {}
