import type { types } from 'mediasoup';
import type { Logger } from 'pino';
import { type Demand, type StreamRef, streamKey } from '../protocol/media.ts';
import type { PeerRequest } from '../protocol/peer.ts';
import type { HomeStream } from './homeStream.ts';
import type { Clock } from './keyFrameGate.ts';
import { PipeOut, type Puller } from './pipeOut.ts';
import type { PipeListen } from './pipeTransport.ts';

/** A stream that is at home on this node now. */
export interface Present {
  readonly router: types.Router;
  readonly stream: HomeStream;
}

/** How long a pipe that could not be made is left alone before it is tried again; ms. */
const retryAfter = 1000;

interface RemoteWish {
  readonly space: string;
  readonly stream: StreamRef;
  readonly puller: Puller;
  layer: Demand;
  pipe: PipeOut | undefined;
  /** The stream that the pipe is for, or is being made for. */
  making: HomeStream | undefined;
}

export interface RemoteWishesOptions {
  readonly log: Logger;
  readonly listen: PipeListen;
  readonly clock: Clock;
  readonly find: (space: string, key: string) => Present | undefined;
  /** What other nodes want of this stream is not what they were. */
  readonly onDemand: (space: string, key: string) => void;
}

/**
 * What other nodes want of this one. Wishes outlive the streams: one that comes again (a site
 * reloaded) is offered again, without being asked for.
 */
export class RemoteWishes {
  readonly #options: RemoteWishesOptions;
  readonly #wishes = new Map<string, Map<Puller, RemoteWish>>();

  constructor(options: RemoteWishesOptions) {
    this.#options = options;
  }

  pull(puller: Puller, { space, stream, layer }: PeerRequest<'pull'>): void {
    const of = id(space, streamKey(stream));
    const byPuller = this.#wishes.get(of) ?? new Map<Puller, RemoteWish>();
    this.#wishes.set(of, byPuller);
    const wish = byPuller.get(puller);
    if (wish) {
      wish.layer = layer;
      wish.pipe?.setHeld(layer === 'off');
    } else {
      const fresh = { space, stream, puller, layer, pipe: undefined, making: undefined };
      byPuller.set(puller, fresh);
      this.#fulfil(fresh);
    }
    this.#options.onDemand(space, streamKey(stream));
  }

  drop(puller: Puller, { space, stream }: PeerRequest<'drop'>): void {
    const of = id(space, streamKey(stream));
    const byPuller = this.#wishes.get(of);
    const wish = byPuller?.get(puller);
    if (!byPuller || !wish) return;
    byPuller.delete(puller);
    if (byPuller.size === 0) this.#wishes.delete(of);
    stop(wish);
    this.#options.onDemand(space, streamKey(stream));
  }

  tickets(puller: Puller, { pipe, ...change }: PeerRequest<'tickets'>): boolean {
    for (const byPuller of this.#wishes.values()) {
      const found = byPuller.get(puller)?.pipe;
      if (found?.id !== pipe) continue;
      found.take(change);
      return true;
    }
    return false;
  }

  pullerGone(puller: Puller): void {
    for (const byPuller of [...this.#wishes.values()]) {
      const wish = byPuller.get(puller);
      if (wish) this.drop(puller, wish);
    }
  }

  /** What other nodes want of a stream. */
  wanted(space: string, key: string): Demand[] {
    return [...(this.#wishes.get(id(space, key))?.values() ?? [])].map((wish) => wish.layer);
  }

  streamCame(space: string, key: string): void {
    for (const wish of this.#wishes.get(id(space, key))?.values() ?? []) this.#fulfil(wish);
  }

  streamWent(space: string, key: string): void {
    for (const wish of this.#wishes.get(id(space, key))?.values() ?? []) stop(wish);
  }

  #fulfil(wish: RemoteWish): void {
    const present = this.#options.find(wish.space, streamKey(wish.stream));
    if (!present) return;
    stop(wish);
    wish.making = present.stream;
    const made = this.#make(wish, present).catch((error: unknown) => {
      if (!present.stream.producer.closed) {
        this.#options.log.warn({ err: error, stream: present.stream.key }, 'pipe not made');
      }
      return false;
    });
    void made.then((joined) => {
      if (joined || wish.making !== present.stream) return;
      stop(wish);
      this.#options.clock.after(retryAfter, () => this.#again(wish));
    });
  }

  /** Unless it was dropped, or made or begun anew, meanwhile. */
  #again(wish: RemoteWish): void {
    const known = this.#wishes.get(id(wish.space, streamKey(wish.stream)))?.get(wish.puller);
    if (known === wish && !wish.making) this.#fulfil(wish);
  }

  /** False when the far end did not come, or nobody wants it any more. */
  async #make(wish: RemoteWish, { router, stream }: Present): Promise<boolean> {
    const { space, puller } = wish;
    const held = wish.layer === 'off';
    const pipe = await PipeOut.create({
      router,
      space,
      stream,
      listen: this.#options.listen,
      puller,
      held,
      // Nobody waits for receivers that are held.
      onArrived: held ? () => {} : stream.expectPipe(),
    });
    if (wish.making !== stream) {
      pipe.close();
      return false;
    }
    wish.pipe = pipe;
    // The need may have changed while the worker was busy.
    pipe.setHeld(wish.layer === 'off');
    return pipe.join();
  }
}

function stop(wish: RemoteWish): void {
  wish.making = undefined;
  wish.pipe?.close();
  wish.pipe = undefined;
}

const id = (space: string, key: string) => `${space} ${key}`;
