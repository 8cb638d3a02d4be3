import { createHmac, timingSafeEqual } from 'node:crypto';

/** Receivers refuse what was signed longer ago than this, in seconds, or so far in the future. */
export const replayWindow = 300;

export interface Signed {
  readonly secret: string;
  /** Unix time of the sending, in seconds. */
  readonly timestamp: number;
  /** The very bytes of the body. */
  readonly body: string;
}

/** `v1=` and the HMAC-SHA256 (RFC 2104), in hex, of the timestamp, a dot and the body. */
export const signature = ({ secret, timestamp, body }: Signed): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/**
 * What a receiver does with each delivery: whether it is signed by us, and lately.
 * `now`: Unix time in seconds.
 */
export function isAuthentic(o: Signed & { readonly signature: string; readonly now: number }) {
  const expected = Buffer.from(signature(o));
  const given = Buffer.from(o.signature);
  const same = expected.length === given.length && timingSafeEqual(expected, given);
  return same && Math.abs(o.now - o.timestamp) <= replayWindow;
}

/** The secret of one address: nothing is kept that could be stolen from the store. */
export const webhookSecret = (installation: Uint8Array, webhook: string): string =>
  createHmac('sha256', installation).update(`webhook ${webhook}`).digest('base64url');
