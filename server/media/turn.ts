import { createHmac } from 'node:crypto';

/** One entry of `RTCConfiguration.iceServers`, as browsers take it (W3C WebRTC §4.2.1). */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** TURN servers (RFC 8656) that share a secret with this installation. */
export interface TurnService {
  readonly urls: readonly string[];
  readonly secret: string;
  /** How long what is handed to a page lets it begin to use the servers, seconds. */
  readonly ttlSeconds: number;
}

interface TurnCredentialsOptions extends Pick<TurnService, 'secret' | 'ttlSeconds'> {
  /** For whom: it shows in the TURN server's own log. */
  readonly endpoint: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * A name and password that a TURN server with the same secret takes until they expire, without
 * knowing any users: the name is `<expiry, Unix seconds>:<endpoint>`, the password base64 of its
 * HMAC-SHA1 (draft-uberti-behave-turn-rest-00 §2.2; coturn's `use-auth-secret`).
 */
export function turnCredentials(o: TurnCredentialsOptions) {
  const username = `${Math.floor(o.now / 1_000) + o.ttlSeconds}:${o.endpoint}`;
  return { username, credential: createHmac('sha1', o.secret).update(username).digest('base64') };
}

export interface IceServersOptions {
  /** Servers that are the same for all. */
  readonly fixed: readonly IceServer[];
  readonly turn?: TurnService | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What an endpoint is told of STUN and TURN servers, made anew for each: credentials expire. */
export function iceServersFor(o: IceServersOptions): (endpoint: string) => readonly IceServer[] {
  return (endpoint) => {
    if (!o.turn) return o.fixed;
    const { urls, secret, ttlSeconds } = o.turn;
    return [
      ...o.fixed,
      { urls, ...turnCredentials({ secret, ttlSeconds, endpoint, now: o.now() }) },
    ];
  };
}
