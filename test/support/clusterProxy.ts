import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What stands in front of several servers: pages know one address. Every connection goes to the
 * first upstream that takes it, in the order given; a test changes the order.
 */
export class ClusterProxy {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** Ports of the servers, the preferred first. */
  upstreams: readonly number[];

  static async create(upstreams: readonly number[]): Promise<ClusterProxy> {
    const proxy = new ClusterProxy(upstreams);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  constructor(upstreams: readonly number[]) {
    this.upstreams = upstreams;
    this.#server = createServer((client) => void this.#serve(client));
  }

  /** What pages open. */
  get url(): string {
    return `http://localhost:${(this.#server.address() as { port: number }).port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await closed;
  }

  async #serve(client: Socket): Promise<void> {
    this.#keep(client);
    client.pause();
    for (const port of this.upstreams) {
      const upstream = await reached(port);
      if (!upstream) continue;
      this.#keep(upstream);
      client.pipe(upstream).pipe(client);
      // The end of either is the end of both, as when a server's machine is gone.
      client.once('close', () => upstream.destroy());
      upstream.once('close', () => client.destroy());
      return;
    }
    client.destroy();
  }

  #keep(socket: Socket): void {
    this.#open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => this.#open.delete(socket));
  }
}

/** Undefined when nothing listens there. */
function reached(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}
