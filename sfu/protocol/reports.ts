import type { ConsumerOffer, Demand, Source, StreamRef } from './media.ts';

/** What a node tells every server that is linked to it. Its own word about itself: the truth of media. */
export interface NodeReport {
  readonly node: string;
  readonly region: string;
  readonly draining: boolean;
  readonly load: NodeLoad;
  /** Address where peers reach this node's control socket, for pipes. */
  readonly controlUrl: string;
  readonly spaces: readonly SpaceReport[];
}

export interface NodeLoad {
  /** CPU of the worker, 0 … 1 of one core, over the last second. */
  readonly cpu: number;
  readonly endpoints: number;
  /** How many of the endpoints stand by. */
  readonly standbys: number;
  readonly consumers: number;
}

export interface SpaceReport {
  readonly space: string;
  /** The highest fencing token that this node has seen for the space. */
  readonly token: number;
  readonly endpoints: readonly EndpointReport[];
}

export interface EndpointReport {
  readonly endpoint: string;
  readonly incarnation: string;
  readonly token: number;
  readonly standby: boolean;
  readonly published: readonly Source[];
  readonly open: readonly Source[];
}

/** node → server. */
export interface ReportMap {
  /** All of it, on connection and whenever the node starts anew. */
  report: (report: NodeReport) => void;
  /** Every second. */
  load: (load: NodeLoad & { readonly draining: boolean }) => void;
  /**
   * To every server: a stream has come to this node (not by a pipe), or has gone. One whose endpoint
   * has begun or ceased to stand by is told as added once more.
   */
  streams: (change: {
    readonly space: string;
    readonly added: readonly (StreamRef & { readonly standby: boolean })[];
    readonly removed: readonly StreamRef[];
  }) => void;
  /** To the owner: consumers made (to be made in the browser, then `ready`) and closed. */
  consumers: (change: {
    readonly space: string;
    readonly endpoints: readonly {
      readonly endpoint: string;
      readonly incarnation: string;
      readonly added: readonly ConsumerOffer[];
      /** Consumer ids. */
      readonly removed: readonly string[];
      /** All consumers of the endpoint are in `added`: said to a server that has just become owner. */
      readonly complete?: boolean;
    }[];
  }) => void;
  /** To the owner: how much of these streams anybody on any node wants. */
  demand: (change: {
    readonly space: string;
    readonly streams: readonly { readonly stream: StreamRef; readonly demand: Demand }[];
  }) => void;
  /**
   * To every server, about five times a second while anything sounds, and once when nothing does
   * any more: how loud the open microphones are that are at home here, in dBov (RFC 6464: −127 … 0).
   * Whoever is silent is absent; told whole.
   */
  levels: (change: {
    readonly space: string;
    readonly levels: readonly { readonly endpoint: string; readonly level: number }[];
  }) => void;
  /**
   * To the owner: endpoints that are no more, without having been asked to close. `takenOver`: they
   * live on, and another server has sent the last plan for them.
   */
  endpointsClosed: (change: {
    readonly space: string;
    readonly endpoints: readonly { readonly endpoint: string; readonly incarnation: string }[];
    readonly reason: 'workerDied' | 'transportClosed' | 'orphaned' | 'takenOver';
  }) => void;
}
