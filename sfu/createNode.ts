import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { SharedSecret } from './control/auth.ts';
import { PeerLinks } from './control/peerLink.ts';
import { ControlSocket } from './control/socket.ts';
import type { PipeListen } from './media/pipeTransport.ts';
import type { RtcListen } from './media/worker.ts';
import { MediaNode } from './node.ts';

export interface CreateNodeOptions {
  readonly node: string;
  readonly region: string;
  readonly secret: SharedSecret;
  readonly log: Logger;
  readonly control: {
    readonly host: string;
    /** 0 takes a free port. */
    readonly port: number;
    /** Where peers reach it; by default this machine's loopback. */
    readonly url?: string | undefined;
  };
  readonly rtc: RtcListen;
  readonly pipes: PipeListen;
  readonly heartbeat?: { readonly every: number; readonly deadline: number };
  /** Milliseconds. */
  readonly orphanGraceMs?: number;
}

/** A media node with its wires. */
export interface RunningNode {
  readonly media: MediaNode;
  readonly controlUrl: string;
  /** Takes nothing new, closes all that is there. Idempotent. */
  close(): Promise<void>;
}

/** Starts a media node in this process; several may run side by side. */
export async function createNode(options: CreateNodeOptions): Promise<RunningNode> {
  const log = options.log.child({ node: options.node });
  const { secret, control } = options;
  const peers = new PeerLinks({ node: options.node, secret, log });
  const where = { url: control.url };
  const media = await MediaNode.create({
    node: options.node,
    region: options.region,
    controlUrl: () => where.url ?? '',
    log,
    rtc: options.rtc,
    pipes: options.pipes,
    desk: peers,
    newId: randomUUID,
    ...(options.heartbeat && { heartbeat: options.heartbeat }),
    ...(options.orphanGraceMs !== undefined && { orphanGraceMs: options.orphanGraceMs }),
  });
  const socket = new ControlSocket({ node: media, peers, secret, log });
  try {
    const port = await socket.listen(control.host, control.port);
    where.url ??= `http://127.0.0.1:${port}`;
  } catch (error) {
    media.close();
    throw error;
  }
  log.info({ controlUrl: where.url }, 'media node ready');
  let closing: Promise<void> | undefined;
  const close = async () => {
    media.close();
    peers.close();
    await socket.close();
  };
  return {
    media,
    controlUrl: where.url,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
