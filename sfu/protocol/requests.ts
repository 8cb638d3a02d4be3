import { z } from 'zod';
import type { Answer } from './fault.ts';
import {
  direction,
  dtlsParameters,
  layer,
  opaqueId,
  rtpParameters,
  source,
  streamRef,
  type TransportOffer,
} from './media.ts';

/** The journal's version on which an order rests: a node refuses one older than it has carried out. */
const token = z.int().nonnegative();
/** Tells an endpoint from its former selves; given by the node when it opens one. */
const incarnation = z.string().min(1).max(64);

const endpointRef = { space: opaqueId, endpoint: opaqueId, incarnation };

/**
 * All that an endpoint may send and should receive. It replaces the plan before it; the node
 * works out the difference, and fulfils the parts that it cannot yet (a stream that is not
 * published, a pipe that is not up) as soon as it can.
 */
export const endpointPlan = z.strictObject({
  endpoint: opaqueId,
  /** The endpoint's life that the plan is for; if it names a former self, it is refused. */
  incarnation: incarnation.optional(),
  token,
  /**
   * The endpoint stands by for another of the same sender or receiver on another node: its streams
   * are told to servers as such, so that whoever has the choice takes the other's.
   */
  standby: z.boolean(),
  /** Sources whose packets the node lets through; all others are paused on the node. */
  open: z.array(source).max(4),
  receive: z
    .array(
      z.strictObject({
        stream: streamRef,
        /** The stream's home node; absent while nobody knows it: the node then waits. */
        at: opaqueId.optional(),
        layer,
        /** Made ready in the browser, but kept paused, and no reason for anybody to encode. */
        hold: z.boolean(),
      }),
    )
    .max(512),
});
export type EndpointPlan = z.infer<typeof endpointPlan>;

/** server → node. Each is answered by an acknowledgement. */
export const requests = {
  /** Makes an endpoint's two transports. One that exists is closed first: a re-join is a new start. */
  openEndpoint: z.strictObject({
    space: opaqueId,
    endpoint: opaqueId,
    token,
    standby: z.boolean(),
  }),
  /** Finishes a transport's DTLS (RFC 8842) with the browser's fingerprints. */
  connect: z.strictObject({ ...endpointRef, direction, dtlsParameters }),
  /** New ICE credentials (RFC 8445 §2.4) for a browser whose path has broken or changed. */
  restartIce: z.strictObject({ ...endpointRef, direction }),
  /** The browser sends a source. It stays paused on the node until a plan opens it. */
  publish: z.strictObject({
    ...endpointRef,
    source,
    kind: z.enum(['audio', 'video']),
    rtpParameters,
  }),
  unpublish: z.strictObject({ ...endpointRef, source }),
  /** The browser has made its side of these consumers; the node may let packets flow. */
  ready: z.strictObject({
    space: opaqueId,
    items: z
      .array(
        z.strictObject({
          endpoint: opaqueId,
          incarnation,
          consumers: z.array(z.string().max(64)).max(512),
        }),
      )
      .max(512),
  }),
  /** Plans of many endpoints at once, carried out in one tick. The caller becomes their owner. */
  apply: z.strictObject({ space: opaqueId, plans: z.array(endpointPlan).max(512) }),
  closeEndpoint: z.strictObject(endpointRef),
  /** Where the other nodes are reached, for pipes. Said again on every connection and change. */
  peers: z.strictObject({
    nodes: z
      .array(
        z.strictObject({ node: opaqueId, controlUrl: z.url({ protocol: /^https?$/ }).max(256) }),
      )
      .max(64),
  }),
  /**
   * Takes nothing new from now on; goes when its last endpoint has been moved away, or after its
   * own limit. Asking twice is asking once.
   */
  drain: z.strictObject({}),
} as const;

export type RequestName = keyof typeof requests;
export type Request<N extends RequestName> = z.infer<(typeof requests)[N]>;

export interface Answers {
  openEndpoint: Answer<{
    readonly incarnation: string;
    readonly rtpCapabilities: unknown;
    readonly send: TransportOffer;
    readonly receive: TransportOffer;
  }>;
  connect: Answer<object>;
  restartIce: Answer<{ readonly iceParameters: unknown }>;
  publish: Answer<{ readonly producer: string }>;
  unpublish: Answer<object>;
  ready: Answer<object>;
  /** `refused` lists the endpoints whose plans were not taken, and why; the others were. */
  apply: Answer<{
    readonly refused: readonly {
      readonly endpoint: string;
      readonly fault: 'unknownEndpoint' | 'staleIncarnation' | 'staleToken';
    }[];
  }>;
  closeEndpoint: Answer<object>;
  peers: Answer<object>;
  drain: Answer<object>;
}

/** A request's event on the socket: `connect` by itself is a name that socket.io keeps to itself. */
export const requestEvent = <N extends RequestName>(name: N): `node.${N}` => `node.${name}`;

/** Events that a server's socket may send to a node. */
export type RequestMap = {
  [N in RequestName as `node.${N}`]: (request: Request<N>, answer: (a: Answers[N]) => void) => void;
};
