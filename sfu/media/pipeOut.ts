import type { types } from 'mediasoup';
import type { PeerRequest, PipeEnd, PipeOffer } from '../protocol/peer.ts';
import type { HomeStream } from './homeStream.ts';
import { endOf, type PipeListen, pipeTransport } from './pipeTransport.ts';

/** What the home node tells the node that pulls. */
export interface Puller {
  /** Resolves with the far end, or undefined when it will not or cannot take the pipe. */
  offer(offer: PipeOffer): Promise<PipeEnd | undefined>;
  gone(pipe: string): void;
  /** Resolves when they flow over there, or when that takes too long. */
  wave(pipe: string, tickets: readonly string[]): Promise<void>;
}

export interface PipeOutOptions {
  readonly router: types.Router;
  readonly space: string;
  readonly stream: HomeStream;
  readonly listen: PipeListen;
  readonly puller: Puller;
  /** All receivers at the far end are held. */
  readonly held: boolean;
  /** The far end has told who waits there, or will not any more. */
  readonly onArrived: () => void;
}

/**
 * The home end of one stream's pipe. Each stream has a transport of its own: a pipe consumer
 * asks for key frames as soon as its transport is connected, so it is made and paused before
 * that, and costs the sender nothing until the first receiver over there is ready.
 */
export class PipeOut {
  readonly stream: HomeStream;
  /** The puller's subscriptions that wait at the gate. */
  readonly tickets = new Set<string>();
  readonly #transport: types.PipeTransport;
  readonly #consumer: types.Consumer;
  readonly #options: PipeOutOptions;
  #held: boolean;
  #closed = false;

  static async create(options: PipeOutOptions): Promise<PipeOut> {
    let transport: types.PipeTransport | undefined;
    let consumer: types.Consumer | undefined;
    try {
      transport = await pipeTransport(options.router, options.listen);
      const producerId = options.stream.producer.id;
      consumer = await transport.consume({ producerId });
      if (options.held || consumer.kind === 'video') await consumer.pause();
      return new PipeOut(options, transport, consumer);
    } catch (error) {
      options.onArrived();
      // One that came after its transport had gone is closed by nobody else.
      consumer?.close();
      transport?.close();
      throw error;
    }
  }

  private constructor(
    options: PipeOutOptions,
    transport: types.PipeTransport,
    consumer: types.Consumer,
  ) {
    this.#options = options;
    this.stream = options.stream;
    this.#transport = transport;
    this.#consumer = consumer;
    this.#held = options.held;
    this.stream.addPipe(this);
  }

  get id(): string {
    return this.#transport.id;
  }

  /** Joins the two ends; false when the far one did not come. */
  async join(): Promise<boolean> {
    const far = await this.#options.puller.offer({
      space: this.#options.space,
      stream: this.stream.ref,
      pipe: this.id,
      end: endOf(this.#transport),
      kind: this.#consumer.kind,
      rtpParameters: this.#consumer.rtpParameters as PipeOffer['rtpParameters'],
    });
    if (!far || this.#transport.closed) return false;
    await this.#transport.connect({ ip: far.address, port: far.port, srtpParameters: far.srtp });
    return true;
  }

  take(change: Omit<PeerRequest<'tickets'>, 'pipe'>): void {
    this.#options.onArrived();
    for (const ticket of change.expect) {
      this.tickets.add(ticket);
      this.stream.expectAt(this, ticket);
    }
    for (const ticket of [...change.ready, ...change.again]) {
      this.tickets.add(ticket);
      this.stream.readyAt(this, ticket);
    }
    for (const ticket of change.gone) {
      this.tickets.delete(ticket);
      this.stream.forgetAt(this, ticket);
    }
  }

  /**
   * While it is held nothing crosses it. Sound that is freed does so at once; a picture waits for
   * the wave of those who have it, or they would miss the key frame that this asks for.
   */
  setHeld(held: boolean): void {
    if (this.#held === held || this.#closed) return;
    this.#held = held;
    if (held) {
      this.#options.onArrived();
      this.#consumer.pause().catch(ignoreClosed);
    } else if (this.#consumer.kind === 'audio') this.flow();
  }

  /**
   * Lets these start at the far end, and resolves when they do. With `held`, nothing crosses the
   * pipe meanwhile: what starts first over there cannot ask for a key frame that the others miss.
   */
  async start(tickets: readonly string[], held: boolean): Promise<void> {
    for (const ticket of tickets) this.tickets.delete(ticket);
    if (held && !this.#consumer.paused) this.#consumer.pause().catch(ignoreClosed);
    await this.#options.puller.wave(this.id, tickets);
  }

  /** Lets the stream cross, unless it is held; asks for a key frame if it did not before. */
  flow(): void {
    if (!this.#closed && !this.#held) this.#consumer.resume().catch(ignoreClosed);
  }

  /** Tells the far end also when the worker, and the transport with it, has died under it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.onArrived();
    this.stream.removePipe(this);
    this.#transport.close();
    this.#options.puller.gone(this.id);
  }
}

function ignoreClosed(): void {}
