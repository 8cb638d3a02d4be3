import { lookup as resolveName } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { reach } from './networks.ts';
import { signature } from './signature.ts';

export interface SenderOptions {
  /** Closed networks that may be told all the same, as in `10.1.0.0/16`. */
  readonly networks: readonly string[];
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly now: () => number;
  /** The addresses of a name; the system's resolver by default. */
  readonly resolve?: (name: string) => Promise<readonly string[]>;
}

export interface Post {
  readonly url: string;
  readonly secret: string;
  /** Names what is sent, also when it is sent again. */
  readonly delivery: string;
  readonly body: string;
}

/** The address lies in a network that is closed to us. */
class NotReachable extends Error {
  override readonly name = 'NotReachable';
}

/**
 * Tells other systems over HTTP. Only https, but for this machine itself; what a name resolves to is
 * checked, and just that address is connected to, so that no name can point us into a closed
 * network. Redirects are not followed: they are an answer like any other.
 */
export function createSender(o: SenderOptions) {
  const { mayReach, isLoopback } = reach(o.networks);
  const resolve = o.resolve ?? allAddresses;
  const addressFor = async (url: URL): Promise<string> => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const addresses = isIP(host) === 0 ? await resolve(host) : [host];
    const allowed = addresses.find((a) => mayReach(a) && (isSafe(url) || isLoopback(a)));
    // One closed address among several is a name that plays with us.
    if (allowed === undefined || !addresses.every(mayReach)) throw new NotReachable(url.host);
    return allowed;
  };
  return {
    /** A name that cannot be resolved now may be later. */
    async mayTell(text: string): Promise<boolean> {
      const url = parsed(text);
      if (!url) return false;
      try {
        await addressFor(url);
        return true;
      } catch (error) {
        return !(error instanceof NotReachable) && isSafe(url);
      }
    },

    /** The HTTP status of the answer. @throws Error when there is none. */
    async post({ url: text, secret, delivery, body }: Post): Promise<number> {
      const url = parsed(text);
      if (!url) throw new NotReachable(text);
      const address = await addressFor(url);
      const timestamp = Math.floor(o.now() / 1_000);
      return answer({
        url,
        address,
        body,
        timeoutMs: o.timeoutMs,
        headers: {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          'user-agent': 'diemcau',
          'diemcau-delivery': delivery,
          'diemcau-timestamp': String(timestamp),
          'diemcau-signature': signature({ secret, timestamp, body }),
        },
      });
    },
  };
}

interface Sent {
  readonly url: URL;
  readonly address: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

function answer({ url, address, body, headers, timeoutMs }: Sent): Promise<number> {
  const family = isIP(address);
  const lookup: LookupFunction = (_host, options, give) => {
    if (options.all) give(null, [{ address, family }]);
    else give(null, address, family);
  };
  const request = isSafe(url) ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = request(url, { method: 'POST', headers, lookup, agent: false, signal });
    sent.once('response', (response) => {
      resolve(response.statusCode ?? 0);
      // Nothing of the answer matters but its status.
      response.destroy();
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const isSafe = (url: URL): boolean => url.protocol === 'https:';

/** Undefined for what is no address of ours to tell; a password in it would be sent around. */
function parsed(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  return url.username === '' && url.password === '' ? url : undefined;
}

const allAddresses = async (name: string): Promise<readonly string[]> =>
  (await resolveName(name, { all: true })).map(({ address }) => address);
