import type { Instant } from '../../server/domain/ids.ts';
import { retryDelay } from '../link/retry.ts';

/** How long a path may be `disconnected` before anything is done about it, in milliseconds. */
export const cutPatience = 1_000;
/** How long a path is mended before it counts as dead, in milliseconds. */
export const mendWithin = 4_000;

/** What is known of a path to a media node that does not work. Times in milliseconds. */
export interface Cut {
  /** When the first restart is due: later ones are set by `tried`. */
  readonly due: Instant;
  readonly tries: number;
  /** When it was first tried to mend it since the line to the server has been up. */
  readonly since: Instant | null;
}

type MendStep =
  | { readonly do: 'restart' }
  | { readonly do: 'giveUp' }
  /** Nothing is to be done before this many milliseconds have passed. */
  | { readonly do: 'wait'; readonly ms: number };

/** A path broke. The browser waits long before it says `failed`, and then there is no more to wait for. */
export const cutAt = (now: Instant, how: 'disconnected' | 'failed'): Cut => ({
  due: how === 'failed' ? now : now + cutPatience,
  tries: 0,
  since: null,
});

/**
 * The line to the server is (again) up, or the network has changed: without a line nobody could
 * have mended anything, so everything is tried from the start, at once.
 */
export const anew = (now: Instant): Cut => ({ due: now, tries: 0, since: null });

/** Restarting ICE is the whole cure (RFC 8445 §2.4); a path that it does not mend needs a new leg. */
export function mendStep({ due, since }: Cut, now: Instant): MendStep {
  if (since !== null && now - since >= mendWithin) return { do: 'giveUp' };
  if (now >= due) return { do: 'restart' };
  const end = since === null ? due : Math.min(due, since + mendWithin);
  return { do: 'wait', ms: end - now };
}

/** After a restart: the next comes half a second later at first, then ever less often. */
export const tried = (cut: Cut, now: Instant, random: number): Cut => ({
  due: now + retryDelay(cut.tries + 2, random),
  tries: cut.tries + 1,
  since: cut.since ?? now,
});
