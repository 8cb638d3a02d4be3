import { createServer, type Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import type { ServerLink } from '../media/owner.ts';
import type { MediaNode } from '../node.ts';
import type { ReportMap } from '../protocol/reports.ts';
import { type RequestMap, requests } from '../protocol/requests.ts';
import { answerRequests } from './answering.ts';
import type { SharedSecret } from './auth.ts';
import type { Drain } from './drain.ts';
import { serverHandlers } from './handlers.ts';
import { health } from './health.ts';
import type { PeerLinks } from './peerLink.ts';
import { type PeerNamespace, servePeers } from './peerServer.ts';

/** How often the far end of a link is asked for a sign of life, and how long it may take; ms. */
export interface LinkHeartbeat {
  readonly every: number;
  readonly deadline: number;
}

export interface ControlSocketOptions {
  readonly node: MediaNode;
  readonly peers: PeerLinks;
  readonly drain: Drain;
  readonly secret: SharedSecret;
  readonly log: Logger;
  readonly heartbeat: LinkHeartbeat;
}

/**
 * The node's one control port. Servers speak on the socket's own namespace, other nodes on
 * `/peer`; both show the shared secret first. `GET /healthz` is plain HTTP.
 */
export class ControlSocket {
  readonly #http: HttpServer;
  readonly #io: Server<RequestMap, ReportMap>;

  constructor(options: ControlSocketOptions) {
    const { node, secret, log, heartbeat } = options;
    this.#http = createServer(health(() => node.ready));
    this.#io = new Server<RequestMap, ReportMap>(this.#http, {
      transports: ['websocket'],
      serveClient: false,
      // Plans of 512 endpoints fit; each request's schema has its own, tighter bounds.
      maxHttpBufferSize: 1_000_000,
      // Tells the far end too, which notices by the same measure when this node is gone.
      pingInterval: heartbeat.every,
      pingTimeout: heartbeat.deadline,
    });
    const peerNamespace: PeerNamespace = this.#io.of('/peer');
    for (const namespace of [this.#io.of('/'), peerNamespace]) {
      namespace.use((socket, next) => {
        const known = secret.matches(socket.handshake.auth.secret);
        if (!known) log.warn({ from: socket.handshake.address }, 'link refused');
        next(known ? undefined : new Error('unauthorized'));
      });
    }
    servePeers(peerNamespace, node, log);
    this.#io.on('connection', (socket) => {
      const link: ServerLink = {
        id: socket.id,
        tell: (event, ...message) => void socket.emit(event, ...message),
      };
      answerRequests({
        socket,
        prefix: 'node.',
        schemas: requests,
        log,
        handlers: serverHandlers(options, link),
      });
      socket.on('disconnect', (reason) => {
        log.info({ link: link.id, reason }, 'server link closed');
        node.linkClosed(link);
      });
      log.info({ link: link.id }, 'server link opened');
      node.linkOpened(link);
    });
  }

  /** Resolves with the port; 0 takes a free one. Rejects when the port is taken. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, host, () => {
        this.#http.off('error', reject);
        const address = this.#http.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  async close(): Promise<void> {
    await this.#io.close();
  }
}
