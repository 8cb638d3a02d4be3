import type { types } from 'mediasoup';
import type { Demand, StreamRef } from '../protocol/media.ts';
import type { PeerRequest, PipeEnd, PipeOffer } from '../protocol/peer.ts';
import { PipeIn } from './pipeIn.ts';
import type { PipeListen } from './pipeTransport.ts';
import type { TicketOffice } from './turnstile.ts';

/** What the home node tells about one pull. */
export interface PullSink {
  offered(offer: PipeOffer): Promise<PipeEnd | undefined>;
  gone(pipe: string): void;
  /** Resolves when they flow. */
  wave(pipe: string, tickets: readonly string[]): Promise<void>;
  /** The link to the home node dropped. The pull is said again by itself when it is back. */
  lost(): void;
}

/** This node's links to its peers, as far as pulling streams goes. */
export interface PullDesk {
  /** Said again with another layer when the need changes. */
  pull(node: string, wish: PeerRequest<'pull'>, sink: PullSink): void;
  drop(node: string, wish: PeerRequest<'drop'>): void;
  tickets(node: string, change: PeerRequest<'tickets'>): void;
}

export interface PullOptions {
  readonly desk: PullDesk;
  readonly router: types.Router;
  readonly listen: PipeListen;
  readonly space: string;
  readonly stream: StreamRef;
  readonly at: string;
  /** `off` while all who want it here are held. */
  readonly layer: Demand;
  /** The stream has come to this node, or has gone. */
  readonly onChange: (stream: PipeIn | undefined) => void;
  readonly onRefused: (error: unknown) => void;
}

type TicketChanges = Record<'expect' | 'ready' | 'again' | 'gone', Set<string>>;

/** One stream that this node has from another, once, for all of its receivers. */
export class Pull implements PullSink {
  readonly at: string;
  readonly #options: PullOptions;
  #layer: Demand;
  #making: string | undefined;
  #pipe: PipeIn | undefined;
  #closed = false;
  #tickets: TicketChanges | undefined;

  constructor(options: PullOptions) {
    this.#options = options;
    this.at = options.at;
    this.#layer = options.layer;
    this.#say();
  }

  get stream(): PipeIn | undefined {
    return this.#pipe;
  }

  setLayer(layer: Demand): void {
    if (layer === this.#layer) return;
    this.#layer = layer;
    this.#say();
  }

  async offered(offer: PipeOffer): Promise<PipeEnd | undefined> {
    const { router, listen, onChange, onRefused } = this.#options;
    this.#making = offer.pipe;
    this.#down();
    let pipe: PipeIn;
    try {
      pipe = await PipeIn.create({ router, listen, offer, office: this.#office() });
    } catch (error) {
      if (!this.#closed) onRefused(error);
      return undefined;
    }
    if (this.#closed || this.#making !== offer.pipe) {
      pipe.close();
      return undefined;
    }
    this.#making = undefined;
    this.#pipe = pipe;
    onChange(pipe);
    return pipe.end;
  }

  gone(pipe: string): void {
    if (this.#making === pipe) this.#making = undefined;
    if (this.#pipe?.pipe === pipe) this.#down();
  }

  async wave(pipe: string, tickets: readonly string[]): Promise<void> {
    if (this.#pipe?.pipe === pipe) await this.#pipe.turnstile.admit(tickets);
  }

  lost(): void {
    this.#making = undefined;
    this.#down();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { desk, space, stream } = this.#options;
    desk.drop(this.at, { space, stream });
    this.lost();
  }

  #say(): void {
    const { desk, space, stream } = this.#options;
    desk.pull(this.at, { space, stream, layer: this.#layer }, this);
  }

  #down(): void {
    const pipe = this.#pipe;
    if (!pipe) return;
    this.#pipe = undefined;
    this.#tickets = undefined;
    this.#options.onChange(undefined);
    pipe.close();
  }

  #office(): TicketOffice {
    const put = (list: 'expect' | 'ready' | 'again') => (ticket: string) => {
      const batch = this.#batch();
      batch.gone.delete(ticket);
      batch[list].add(ticket);
    };
    const forget = (ticket: string) => {
      const { expect, ready, again, gone } = this.#batch();
      for (const list of [expect, ready, again]) list.delete(ticket);
      gone.add(ticket);
    };
    return { expect: put('expect'), ready: put('ready'), again: put('again'), forget };
  }

  /** All tickets of one tick travel in one message; of each the last word counts. */
  #batch() {
    if (this.#tickets) return this.#tickets;
    setImmediate(() => this.#flush());
    this.#tickets = { expect: new Set(), ready: new Set(), again: new Set(), gone: new Set() };
    return this.#tickets;
  }

  #flush(): void {
    const tickets = this.#tickets;
    this.#tickets = undefined;
    if (!tickets || !this.#pipe) return;
    this.#options.desk.tickets(this.at, {
      pipe: this.#pipe.pipe,
      expect: [...tickets.expect],
      ready: [...tickets.ready],
      again: [...tickets.again],
      gone: [...tickets.gone],
    });
  }
}
