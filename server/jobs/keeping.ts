import type { BriefingState } from '../domain/briefing.ts';
import type { BriefingId, Instant } from '../domain/ids.ts';
import { createQueue, type JobConnections, type JobQueue } from './queue.ts';
import type { DoneStore } from './store.ts';

export interface KeepingOptions {
  readonly connections: JobConnections;
  readonly done: DoneStore;
  /** Builds a briefing's records and keeps them; says where. Harmless to repeat. */
  readonly keep: (briefing: BriefingId) => Promise<string>;
  readonly now: () => Instant;
}

export interface KeepingJob {
  readonly briefing: BriefingId;
}

/** What is to be kept by this state: a closed briefing's records, once. Else undefined. */
export const keepingDue = ({ id, phase, phaseSince }: BriefingState): string | undefined =>
  phase === 'closed' ? `records-${id}-${phaseSince}` : undefined;

/** Builds minutes and archive when a briefing has closed, one at a time: each takes a while. */
export async function createKeeping(o: KeepingOptions): Promise<JobQueue<KeepingJob>> {
  return createQueue<KeepingJob>({
    connections: o.connections,
    name: 'records',
    concurrency: 1,
    retryDelay: (attempts) => Math.min(1_000 * 2 ** attempts, 600_000),
    failedSeconds: 30 * 86_400,
    perform: async ({ briefing }, id) => {
      if ((await o.done.find(briefing, id)) !== undefined) return;
      const where = await o.keep(briefing);
      await o.done.note(briefing, id, where);
      o.connections.log.info({ briefing, where }, 'records kept');
    },
  });
}
