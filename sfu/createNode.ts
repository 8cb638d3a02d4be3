import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { SharedSecret } from './control/auth.ts';
import { Drain } from './control/drain.ts';
import { PeerLinks } from './control/peerLink.ts';
import { ControlSocket, type LinkHeartbeat } from './control/socket.ts';
import { systemClock } from './media/clock.ts';
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
  /** Of the links to servers and peers; by default a dead one is noticed within a second. */
  readonly linkHeartbeat?: LinkHeartbeat;
  /** The longest that a drain may take; ms. */
  readonly drainLimitMs?: number;
}

/** A media node with its wires. */
export interface RunningNode {
  readonly media: MediaNode;
  readonly controlUrl: string;
  /**
   * Takes nothing new; closes when its last endpoint has been moved away, when no server is there
   * to do that, or at its limit. Idempotent.
   */
  drain(reason: string): void;
  /** Resolves with the reason when a drain is over and the node begins to close. */
  readonly drained: Promise<string>;
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
    onChange: () => drain.look(),
  });
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    drain.close();
    media.close();
    peers.close();
    await socket.close();
  };
  const close = () => {
    closing ??= closeAll();
    return closing;
  };
  const drained = Promise.withResolvers<string>();
  const drain = new Drain({
    node: media,
    clock: systemClock,
    log,
    limitMs: options.drainLimitMs ?? 30_000,
    onLeave: (reason) => {
      drained.resolve(reason);
      void close();
    },
  });
  const heartbeat = options.linkHeartbeat ?? { every: 300, deadline: 700 };
  const socket = new ControlSocket({ node: media, peers, drain, secret, log, heartbeat });
  try {
    const port = await socket.listen(control.host, control.port);
    where.url ??= `http://127.0.0.1:${port}`;
  } catch (error) {
    media.close();
    throw error;
  }
  log.info({ controlUrl: where.url }, 'media node ready');
  return {
    media,
    controlUrl: where.url,
    drain: (reason) => drain.begin(reason),
    drained: drained.promise,
    close,
  };
}
