import { pino } from 'pino';
import type { BriefingState } from '../../server/domain/briefing.ts';
import type { Recorded } from '../../server/domain/event.ts';
import { evolve, nothing } from '../../server/domain/evolve.ts';
import { connectRedis, type RedisLink } from '../../server/journal/connect.ts';
import { parseEntry } from '../../server/journal/entry.ts';
import { Journal } from '../../server/journal/journal.ts';
import { briefingKeys } from '../../server/journal/keys.ts';
import { JournalStream } from '../../server/journal/stream.ts';
import { Tail } from '../../server/journal/tail.ts';

export const quiet = pino({ level: 'silent' });

/** As much of a server as the journal needs: connections and a tail of its own. */
export interface JournalServer {
  readonly redis: RedisLink;
  open(briefing: string, options?: { readonly snapshotEvery?: number }): Promise<Journal>;
  /** Closes its journals and connections; whatever it had open is gone with it. */
  close(): Promise<void>;
}

interface ServerOptions {
  readonly log?: typeof quiet;
  /** How many replicas must have what is accepted and believed. */
  readonly replicas?: number;
  /** Another Redis makes the server deaf: it hears of others only when its own appends conflict. */
  readonly tailUrl?: string;
}

export async function startJournalServer(
  url: string,
  { log = quiet, tailUrl = url, replicas = 0 }: ServerOptions = {},
): Promise<JournalServer> {
  const redis = await connectRedis({ url, name: 'test', log });
  const tail = new Tail({
    redis: await connectRedis({ url: tailUrl, name: 'test-tail', log, blocking: true }),
    log,
    replicas,
  });
  const journals: Journal[] = [];
  return {
    redis,
    async open(briefing, options = {}) {
      const journal = await Journal.create({
        redis,
        tail,
        briefing,
        now: Date.now,
        log,
        replicas,
        ...options,
      });
      journals.push(journal);
      return journal;
    },
    async close() {
      for (const journal of journals) await journal.close();
      await tail.close();
      redis.destroy();
    },
  };
}

/** What is in Redis, read past every server. */
export async function readJournal(redis: RedisLink, briefing: string): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  const stream = new JournalStream({ redis, keys: briefingKeys(briefing) });
  for await (const page of stream.from(0)) recorded.push(...page.map(parseEntry));
  return recorded;
}

export const fold = (recorded: readonly Recorded[]): BriefingState =>
  recorded.reduce(evolve, nothing);

/** Why these cannot be the events of a journal; empty when they can. */
export function faultsOf(recorded: readonly Recorded[]): string[] {
  const faults: string[] = [];
  recorded.forEach(({ version }, i) => {
    if (version !== i + 1) faults.push(`version ${version} stands where ${i + 1} belongs`);
  });
  let state = nothing;
  for (const event of recorded) {
    state = evolve(state, event);
    faults.push(...floorFaults(state));
  }
  return faults;
}

/** The floor's invariants, which hold after every single event. */
export function floorFaults({ version, floor }: BriefingState): string[] {
  const faults: string[] = [];
  const fault = (what: string) => faults.push(`${what} at version ${version}`);
  const { holders, queue, requests, rules } = floor;
  const of = (status: string) => requests.filter((r) => r.status === status).map((r) => r.id);
  const same = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && new Set([...a, ...b]).size === a.length;
  if (holders.length > rules.maxFloorUsers) fault(`${holders.length} holders`);
  if (!same(holders, of('granted'))) fault('holders are not the granted requests');
  if (!same(queue, of('accepted'))) fault('the queue is not the accepted requests');
  const seats = new Set(requests.map((r) => r.beneficiary));
  if (seats.size !== requests.length) fault('a seat has two requests');
  return faults;
}
