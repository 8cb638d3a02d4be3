import type { Logger } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { fault } from '../media/faults.ts';
import type { PullDesk, PullSink } from '../media/pull.ts';
import { streamKey } from '../protocol/media.ts';
import {
  type PeerPush,
  type PeerPushName,
  type PeerRequest,
  type PeerRequestMap,
  type PipeEnd,
  peerPushes,
} from '../protocol/peer.ts';
import type { SharedSecret } from './auth.ts';

export interface PeerLinksOptions {
  readonly node: string;
  readonly secret: SharedSecret;
  readonly log: Logger;
}

/** This node's links to the nodes that it pulls streams from, each made when first needed. */
export class PeerLinks implements PullDesk {
  readonly #options: PeerLinksOptions;
  readonly #urls = new Map<string, string>();
  readonly #links = new Map<string, PeerLink>();

  constructor(options: PeerLinksOptions) {
    this.#options = options;
  }

  /** Where the nodes are. One that has moved is called at its new address from now on. */
  know(nodes: readonly { readonly node: string; readonly controlUrl: string }[]): void {
    for (const { node, controlUrl } of nodes) {
      if (node === this.#options.node || this.#urls.get(node) === controlUrl) continue;
      this.#urls.set(node, controlUrl);
      this.#links.get(node)?.call(controlUrl);
    }
  }

  pull(node: string, wish: PeerRequest<'pull'>, sink: PullSink): void {
    let link = this.#links.get(node);
    if (!link) {
      link = new PeerLink(node, this.#options);
      this.#links.set(node, link);
      const url = this.#urls.get(node);
      if (url !== undefined) link.call(url);
    }
    link.pull(wish, sink);
  }

  drop(node: string, wish: PeerRequest<'drop'>): void {
    this.#links.get(node)?.drop(wish);
  }

  tickets(node: string, change: PeerRequest<'tickets'>): void {
    this.#links.get(node)?.tickets(change);
  }

  close(): void {
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
  }
}

/** What comes in is not believed before it is parsed. */
type PeerSocket = Socket<Record<string, (...args: unknown[]) => void>, PeerRequestMap>;

/** One link: remembers what is pulled over it, and says it again when it is back. */
class PeerLink {
  readonly #peer: string;
  readonly #options: PeerLinksOptions;
  readonly #pulls = new Map<string, { wish: PeerRequest<'pull'>; readonly sink: PullSink }>();
  #socket: PeerSocket | undefined;

  constructor(peer: string, options: PeerLinksOptions) {
    this.#peer = peer;
    this.#options = options;
  }

  call(url: string): void {
    this.close();
    const { node, secret, log } = this.#options;
    const socket: PeerSocket = io(`${url}/peer`, {
      transports: ['websocket'],
      auth: { secret: secret.reveal(), node },
      reconnectionDelay: 100,
      reconnectionDelayMax: 500,
      // A frozen peer takes connections and never answers: such a try must not hold up the next.
      timeout: 2000,
      forceNew: true,
    });
    this.#socket = socket;
    socket.on('connect', () => {
      log.info({ peer: this.#peer }, 'peer link up');
      for (const { wish } of this.#pulls.values()) socket.emit('pull', wish, this.#heard);
    });
    socket.on('disconnect', () => {
      log.warn({ peer: this.#peer }, 'peer link down');
      this.#lost();
    });
    socket.on('offered', (raw, answer) => {
      if (typeof answer === 'function') void this.#offered(raw).then((a) => answer(a));
    });
    socket.on('gone', (raw) => {
      const push = this.#parse('gone', raw);
      if (push) for (const { sink } of this.#pulls.values()) sink.gone(push.pipe);
    });
    socket.on('wave', (raw, answer) => {
      if (typeof answer === 'function') void this.#wave(raw).then((a) => answer(a));
    });
  }

  pull(wish: PeerRequest<'pull'>, sink: PullSink): void {
    this.#pulls.set(id(wish), { wish, sink });
    if (this.#socket?.connected) this.#socket.emit('pull', wish, this.#heard);
  }

  drop(wish: PeerRequest<'drop'>): void {
    this.#pulls.delete(id(wish));
    if (this.#socket?.connected) this.#socket.emit('drop', wish, this.#heard);
  }

  tickets(change: PeerRequest<'tickets'>): void {
    if (this.#socket?.connected) this.#socket.emit('tickets', change, this.#heard);
  }

  close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.removeAllListeners();
    socket?.disconnect();
    if (socket) this.#lost();
  }

  #lost(): void {
    for (const { sink } of [...this.#pulls.values()]) sink.lost();
  }

  async #offered(raw: unknown): Promise<object> {
    const offer = this.#parse('offered', raw);
    if (!offer) return fault('malformed');
    const end: PipeEnd | undefined = await this.#pulls.get(id(offer))?.sink.offered(offer);
    return end ? { ok: true, end } : fault('unknownStream');
  }

  async #wave(raw: unknown): Promise<object> {
    const push = this.#parse('wave', raw);
    if (!push) return fault('malformed');
    const { pipe, tickets } = push;
    await Promise.all([...this.#pulls.values()].map(({ sink }) => sink.wave(pipe, tickets)));
    return { ok: true };
  }

  #parse<N extends PeerPushName>(name: N, raw: unknown): PeerPush<N> | undefined {
    const parsed = peerPushes[name].safeParse(raw);
    if (parsed.success) return parsed.data as PeerPush<N>;
    this.#options.log.error({ peer: this.#peer, push: name, err: parsed.error }, 'malformed push');
    return undefined;
  }

  readonly #heard = (answer: { readonly ok: boolean }): void => {
    if (!answer.ok) this.#options.log.warn({ peer: this.#peer, answer }, 'peer refused');
  };
}

const id = (wish: PeerRequest<'drop'>) => `${wish.space} ${streamKey(wish.stream)}`;
