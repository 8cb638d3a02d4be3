import type { types } from 'mediasoup';
import type { ConsumerOffer, Layer } from '../protocol/media.ts';
import type { Clock } from './keyFrameGate.ts';
import { bitratePriority, type Need, spatialLayer } from './planDiff.ts';
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
  readonly need: Need;
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

/**
 * One endpoint's receiving of one stream. While it is held its consumer stays paused, and nobody
 * waits for it; whether its browser is ready is remembered, so that letting it go is one resume.
 */
export class Subscription {
  readonly stream: Stream;
  #layer: Layer;
  #hold: boolean;
  #browserReady = false;
  readonly #options: SubscriptionOptions;
  #consumer: types.Consumer | undefined;
  #state: 'making' | 'made' | 'waiting' | 'flowing' | 'closed' = 'making';
  #cancelSweep: (() => void) | undefined;
  /** It has asked for another key frame and waits for its turn. */
  #sweeping = false;
  /** The spatial layer that the worker was last told to prefer. */
  #preferring: number | undefined;

  /** Starts to make the consumer at once; `onMade` tells when it is there. */
  constructor(options: SubscriptionOptions) {
    this.#options = options;
    this.stream = options.stream;
    this.#layer = options.need.layer;
    this.#hold = options.need.hold;
    void this.#make();
  }

  get layer(): Layer {
    return this.#layer;
  }

  get hold(): boolean {
    return this.#hold;
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
    if (!consumer || this.#browserReady) return;
    this.#browserReady = true;
    if (!this.#hold) this.#wait(consumer);
  }

  setNeed({ layer, hold }: Need): void {
    const held = hold && !this.#hold;
    const freed = !hold && this.#hold;
    this.#hold = hold;
    // The layer changes while nothing flows, where there is such a moment: then it costs nothing.
    if (held) this.#stop();
    this.#setLayer(layer);
    if (freed) this.#free();
  }

  close(): void {
    const consumer = this.#consumer;
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#cancelSweep?.();
    if (!consumer) return;
    this.#forget(consumer);
    consumer.close();
    this.#options.onGone(consumer.id);
  }

  async #make(): Promise<void> {
    const { transport, rtpCapabilities, stream } = this.#options;
    let consumer: types.Consumer | undefined;
    const preferredLayers = this.#preferred();
    this.#preferring = preferredLayers.spatialLayer;
    try {
      consumer = await transport.consume({
        producerId: stream.producer.id,
        rtpCapabilities,
        paused: true,
        // Sound too is asked for again where it was lost; without this mediasoup does so for pictures only.
        enableRtx: true,
        ...(stream.producer.type === 'simulcast' && { preferredLayers }),
      });
      if (consumer.kind === 'video' && consumer.type === 'simple') {
        await consumer.enableTraceEvent(['keyframe']);
      }
    } catch (error) {
      // Closed while it was being made: the transport or the producer went away under it. One that
      // came after its transport had gone is closed by nobody else.
      consumer?.close();
      if (this.#state !== 'closed') this.#options.onRefused(error);
      return;
    }
    if (this.#state === 'closed') return consumer.close();
    this.#consumer = consumer;
    this.#state = 'made';
    if (consumer.type === 'simulcast') void this.#prefer(consumer);
    void this.#rank(consumer);
    consumer.on('layerschange', (layers) => {
      if (layers) this.#seen(consumer);
    });
    consumer.on('trace', () => this.#seen(consumer));
    if (!this.#hold) this.#expect(consumer);
    this.#options.onMade(this.#offer(consumer));
  }

  #expect(consumer: types.Consumer): void {
    if (this.#options.prompt) this.stream.turnstile.expect(consumer.id);
  }

  #wait(consumer: types.Consumer): void {
    this.#state = 'waiting';
    this.stream.turnstile.ready(consumer.id, () => this.#start(consumer));
  }

  /** It may flow; a consumer that is being made sees so by itself. */
  #free(): void {
    const consumer = this.#consumer;
    if (!consumer || this.#state !== 'made') return;
    if (this.#browserReady) this.#wait(consumer);
    else this.#expect(consumer);
  }

  /** Back to what it was when it was made. */
  #stop(): void {
    const consumer = this.#consumer;
    if (!consumer || this.#state === 'closed') return;
    const flowed = this.#state === 'flowing';
    this.#state = 'made';
    this.#cancelSweep?.();
    this.#sweeping = false;
    this.#forget(consumer);
    if (flowed) consumer.pause().catch(ignoreClosed);
    // A change of layer that waited for its turn has just been forgotten.
    if (consumer.type === 'simulcast') void this.#prefer(consumer);
  }

  #forget(consumer: types.Consumer): void {
    this.stream.turnstile.forget(consumer.id);
    this.stream.turnstile.forget(layerTicket(consumer.id));
  }

  #setLayer(layer: Layer): void {
    if (layer === this.#layer) return;
    this.#layer = layer;
    const consumer = this.#consumer;
    if (consumer) void this.#rank(consumer);
    if (consumer?.type !== 'simulcast') return;
    // Before it flows a change asks for no key frame, so it need not wait for its turn.
    if (this.#state !== 'flowing') void this.#prefer(consumer);
    else this.stream.turnstile.ready(layerTicket(consumer.id), () => this.#prefer(consumer));
  }

  /** A key frame has come through: it need not ask for another. */
  #seen(consumer: types.Consumer): void {
    this.#cancelSweep?.();
    if (this.#sweeping) this.stream.turnstile.forget(consumer.id);
    this.#sweeping = false;
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
      this.#sweeping = true;
      this.stream.turnstile.again(consumer.id, () => {
        this.#sweeping = false;
        this.#sweepLater(consumer, left - 1);
        return consumer.requestKeyFrame().catch(ignoreClosed);
      });
    });
  }

  async #rank(consumer: types.Consumer): Promise<void> {
    const rank = bitratePriority(this.stream.ref.source, this.#layer);
    if (consumer.kind !== 'video' || consumer.priority === rank) return;
    await consumer.setPriority(rank).catch(ignoreClosed);
  }

  async #prefer(consumer: types.Consumer): Promise<void> {
    const layers = this.#preferred();
    // A worker does what it is told in order; its answer may still be on the way.
    if (this.#preferring === layers.spatialLayer) return;
    this.#preferring = layers.spatialLayer;
    await consumer.setPreferredLayers(layers).catch(ignoreClosed);
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
