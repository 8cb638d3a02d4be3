import { type ReadonlySignal, signal } from '@preact/signals';
import type { types } from 'mediasoup-client';
import { ofLegEndpoint } from '../../server/protocol/legs.ts';
import type { ConsumerOffer, Leg } from '../../server/protocol/wire.ts';
import { receivedBy } from './arrivals.ts';
import { type StreamKey, streamKey } from './streamKey.ts';

/**
 * How long a stream that the server took away stays attached, in milliseconds. Chrome paints an
 * ended track black; a silent one keeps its last picture, which bridges a change of speaker or of
 * the way by which the stream comes.
 */
export const linger = 3_000;

interface ReceiverOptions {
  readonly transport: types.Transport;
  /** Tells the server that this side of these consumers is made. Rejects when the line is gone. */
  readonly ready: (consumers: string[]) => Promise<unknown>;
  /** A consumer could not be made: after that the transport's negotiation cannot be trusted. */
  readonly onTrouble: (why: unknown) => void;
}

export type Tracks = ReadonlyMap<StreamKey, MediaStreamTrack>;

/** A stream that this page receives, or is ready to receive as soon as it flows. */
export interface Received {
  readonly key: StreamKey;
  /** The leg of the sender over which it was sent. */
  readonly from: Leg | undefined;
  readonly track: MediaStreamTrack;
}

interface Made {
  readonly consumer: types.Consumer;
  readonly received: Received;
}

/** Receives streams over one transport: one consumer for each, as the server offers them. */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #consumers = new Map<string, Made>();
  readonly #making = new Set<string>();
  readonly #unconfirmed = new Set<string>();
  #closed = false;
  readonly #received = signal<readonly Received[]>([]);
  /** In the order in which they were made: of two of the same stream, the latter counts. */
  readonly received: ReadonlySignal<readonly Received[]> = this.#received;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  /** Makes all of one arrival in a single negotiation, then says so in a single answer. */
  async add(offers: readonly ConsumerOffer[]): Promise<void> {
    for (const { id } of offers) this.#making.add(id);
    const made = await Promise.allSettled(offers.map((offer) => this.#make(offer)));
    this.#tell();
    const failed = made.find((m) => m.status === 'rejected');
    if (failed && !this.#closed) return this.#options.onTrouble(failed.reason);
    for (const { id } of offers) {
      this.#making.delete(id);
      if (this.#consumers.has(id)) this.#unconfirmed.add(id);
    }
    await this.confirm();
  }

  /** The server has named all there are: whatever else is here was taken away unheard. */
  keepOnly(offers: readonly ConsumerOffer[]): void {
    const named = new Set(offers.map((o) => o.id));
    const others = [...this.#consumers.keys(), ...this.#making].filter((id) => !named.has(id));
    this.remove(others);
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) {
      this.#making.delete(id);
      this.#unconfirmed.delete(id);
      if (this.#consumers.has(id)) setTimeout(() => this.#drop(id), linger);
    }
  }

  /** Tells the server of consumers that it may not know to be ready; again after a reconnection. */
  async confirm(): Promise<void> {
    const ids = [...this.#unconfirmed];
    if (ids.length === 0) return;
    try {
      await this.#options.ready(ids);
      for (const id of ids) this.#unconfirmed.delete(id);
    } catch {
      // The line is gone: the next welcome confirms them.
    }
  }

  close(): void {
    this.#closed = true;
    for (const { consumer } of this.#consumers.values()) consumer.close();
    this.#consumers.clear();
    this.#tell();
  }

  async #make(offer: ConsumerOffer): Promise<void> {
    if (this.#consumers.has(offer.id)) return;
    const { endpoint, source } = offer.stream;
    const consumer = await this.#options.transport.consume({
      id: offer.id,
      producerId: offer.producerId,
      kind: offer.kind,
      rtpParameters: offer.rtpParameters as types.RtpParameters,
      // Chrome keeps lips and voice together within one stream id; a presentation stands alone.
      streamId: source === 'presentation' ? `${endpoint}-presentation` : endpoint,
    });
    // Taken away again while it was being made.
    if (!this.#making.has(offer.id)) return void consumer.close();
    const sender = ofLegEndpoint(endpoint);
    const key = streamKey(sender?.id ?? endpoint, source);
    const { track, rtpReceiver } = consumer;
    if (rtpReceiver) receivedBy(track, rtpReceiver);
    const received = { key, from: sender?.leg, track };
    const former = [...this.#consumers].find(
      ([, { received: r }]) => r.key === key && r.from === received.from,
    )?.[0];
    this.#consumers.set(offer.id, { consumer, received });
    if (former) this.remove([former]);
  }

  #drop(id: string): void {
    const gone = this.#consumers.get(id);
    if (!gone) return;
    this.#consumers.delete(id);
    gone.consumer.close();
    this.#tell();
  }

  #tell(): void {
    this.#received.value = [...this.#consumers.values()].map(({ received }) => received);
  }
}
