import { z } from 'zod';
import type { Answer } from './fault.ts';
import { demand, opaqueId, rtpParameters, streamRef } from './media.ts';

/**
 * What media nodes say to one another. A node that needs a stream from its home node is the
 * caller (the *puller*); the home node is called and owns this wire. Everything is named by
 * space and stream, so that asking twice is asking once, however many servers wanted it.
 */

/** A subscription that waits for its first key frame, on whichever node it is. */
const ticket = z.string().min(1).max(64);
const tickets = z.array(ticket).max(4096);

/** Where a pipe's other end listens, and its SRTP key (RFC 7714: AEAD_AES_256_GCM). */
export const pipeEnd = z.strictObject({
  address: z.string().min(1).max(256),
  port: z.int().min(1).max(65_535),
  srtp: z.strictObject({
    cryptoSuite: z.literal('AEAD_AES_256_GCM'),
    keyBase64: z.string().min(1).max(128),
  }),
});
export type PipeEnd = z.infer<typeof pipeEnd>;

/** puller → home node. */
export const peerRequests = {
  /** Remembered until the stream is there; sent again with another layer when the need changes. */
  pull: z.strictObject({
    space: opaqueId,
    stream: streamRef,
    /** `off`: the pipe is made ready and kept paused. */
    layer: demand,
  }),
  drop: z.strictObject({ space: opaqueId, stream: streamRef }),
  /**
   * Subscriptions to a piped video stream at the puller: those just made (`expect`), those whose
   * browsers are ready, those that started but saw no key frame (`again`), and those that are no
   * more. The home node says when they start.
   */
  tickets: z.strictObject({
    pipe: ticket,
    expect: tickets,
    ready: tickets,
    again: tickets,
    gone: tickets,
  }),
} as const;

export type PeerRequestName = keyof typeof peerRequests;
export type PeerRequest<N extends PeerRequestName> = z.infer<(typeof peerRequests)[N]>;

/** Events that a puller may send. */
export type PeerRequestMap = {
  [N in PeerRequestName]: (request: PeerRequest<N>, answer: (a: Answer<object>) => void) => void;
};

/** home node → puller. */
export const peerPushes = {
  /** The stream is there and its pipe is made at this end; the puller answers with its own end. */
  offered: z.strictObject({
    space: opaqueId,
    stream: streamRef,
    pipe: ticket,
    end: pipeEnd,
    kind: z.enum(['audio', 'video']),
    rtpParameters,
  }),
  gone: z.strictObject({ pipe: ticket }),
  /** These subscriptions start now; answered when they do, and then a key frame is asked for. */
  wave: z.strictObject({ pipe: ticket, tickets }),
} as const;

export type PeerPushName = keyof typeof peerPushes;
export type PeerPush<N extends PeerPushName> = z.infer<(typeof peerPushes)[N]>;
export type PipeOffer = PeerPush<'offered'>;

export interface PeerPushMap {
  offered: (offer: PipeOffer, answer: (a: Answer<{ readonly end: PipeEnd }>) => void) => void;
  gone: (push: PeerPush<'gone'>) => void;
  wave: (push: PeerPush<'wave'>, answer: (a: Answer<object>) => void) => void;
}
