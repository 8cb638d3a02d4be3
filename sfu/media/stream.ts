import type { types } from 'mediasoup';
import type { Source, StreamRef } from '../protocol/media.ts';
import type { Turnstile } from './turnstile.ts';

/** A stream that can be received on this node: at home here, or piped in. */
export interface Stream {
  readonly ref: StreamRef;
  readonly key: string;
  readonly producer: types.Producer;
  readonly turnstile: Turnstile;
}

export const kindOf = {
  camera: 'video',
  microphone: 'audio',
  presentation: 'video',
  aside: 'audio',
} as const satisfies Record<Source, types.MediaKind>;

/**
 * Least time between two key-frame requests of one encoding, in ms: just above the 300 ms in
 * which a browser drops the second (libwebrtc's minimum).
 */
export const keyFrameRequestDelay = 320;
