import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The one address that pages know of several servers. A connection goes to the first server that
 * takes it, in the order given.
 */
export class ServersProxy {
  readonly #server: Server;
  /** Every open socket, with the server's port behind it once that is known. */
  readonly #open = new Map<Socket, number | null>();
  readonly #upstreams: readonly number[];

  static async create(upstreams: readonly number[]): Promise<ServersProxy> {
    const proxy = new ServersProxy(upstreams);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  constructor(upstreams: readonly number[]) {
    this.#upstreams = upstreams;
    this.#server = createServer((client) => void this.#serve(client));
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as { port: number }).port}`;
  }

  /** The server that has the most connections, by its place among the upstreams. */
  get busiest(): number {
    const counts = this.#upstreams.map(
      (port) => [...this.#open.values()].filter((p) => p === port).length,
    );
    return counts.indexOf(Math.max(...counts));
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#open.keys()) socket.destroy();
    await closed;
  }

  async #serve(client: Socket): Promise<void> {
    this.#keep(client);
    client.pause();
    for (const port of this.#upstreams) {
      const upstream = await reached(port);
      if (!upstream) continue;
      this.#keep(upstream, port);
      client.pipe(upstream).pipe(client);
      // The end of either is the end of both, as when a server's machine is gone.
      client.once('close', () => upstream.destroy());
      upstream.once('close', () => client.destroy());
      return;
    }
    client.destroy();
  }

  #keep(socket: Socket, port: number | null = null): void {
    socket.setNoDelay(true);
    this.#open.set(socket, port);
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
