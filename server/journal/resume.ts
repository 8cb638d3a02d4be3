import type { Recorded } from '../domain/event.ts';
import type { BriefingId, Instant, Version } from '../domain/ids.ts';
import { writtenToReplicas } from './confirm.ts';
import type { RedisLink } from './connect.ts';
import { entryText } from './entry.ts';
import { briefingKeys } from './keys.ts';

/** Where a journal ends, and the highest version that a server saw if it has gone back, else 0. */
export interface Stand {
  readonly head: Version;
  readonly seen: Version;
}

export async function standOf(redis: RedisLink, briefing: BriefingId): Promise<Stand> {
  const keys = briefingKeys(briefing);
  const last = async (key: string) => {
    const [entry] = (await redis.xRevRange(key, '+', '-', { COUNT: 1 })) ?? [];
    return entry ? Number.parseInt(String(entry.id), 10) : 0;
  };
  return { head: await last(keys.journal), seen: await last(keys.halt) };
}

export type AcceptedLoss =
  | { readonly kind: 'resumed'; readonly head: Version }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'nothingLost' };

/**
 * People accept that a journal has lost events: it goes on above the highest version that anybody
 * is known to have seen, or above `above`, if somebody saw more than servers could write down.
 * @throws NotReplicated when it is done, but too few replicas have it yet; doing it again tells.
 */
export async function acceptLoss(o: {
  readonly redis: RedisLink;
  readonly briefing: BriefingId;
  readonly above: Version;
  readonly replicas: number;
  readonly now: Instant;
}): Promise<AcceptedLoss> {
  const { redis, briefing, replicas, now } = o;
  const { head, seen } = await standOf(redis, briefing);
  const above = Math.max(seen, o.above);
  if (above === 0) return { kind: 'nothingLost' };
  const event: Recorded = {
    version: head + 1,
    at: now,
    by: { role: 'system', seat: null },
    command: `resume-${briefing}-${head + 1}`,
    event: { type: 'journal.resumed', from: head + 1, to: Math.max(above, head) },
  };
  const { journal, halt, snapshot } = briefingKeys(briefing);
  const args = [String(head), String(above), entryText(event)];
  const reply = await redis.resumeJournal([journal, halt, snapshot], args);
  const [kind, at] = reply as readonly ['resumed' | 'conflict', Version];
  if (kind === 'conflict') return { kind };
  await writtenToReplicas(redis, replicas);
  return { kind, head: at };
}
