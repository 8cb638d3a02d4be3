import type { Queue } from 'bullmq';
import type { Logger } from 'pino';
import { createQueue, openConnections } from './queue.ts';
import { performTimer, retryDelay, type SubmitCommand, type TimerJob } from './timerJob.ts';

export type { SubmitCommand };

export interface JobsOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly submit: SubmitCommand;
  readonly log: Logger;
}

export interface Jobs {
  /** For people to look into. */
  readonly queue: Queue<TimerJob>;
  /**
   * Has a command given `delayMs` from now. Set by however many servers under one id, it goes off
   * once. Never rejects: while Redis is away it is tried again.
   */
  schedule(timer: TimerJob & { readonly id: string; readonly delayMs: number }): Promise<void>;
  /** Waits for the job under way. Idempotent. */
  close(): Promise<void>;
}

/** The timers of briefings, in BullMQ, so that they outlive the server that set them. */
export async function createJobs({ submit, ...o }: JobsOptions): Promise<Jobs> {
  const connections = openConnections(o);
  const { queue, schedule, close } = await createQueue<TimerJob>({
    connections,
    name: 'timers',
    perform: (job, id) => performTimer(job, id, { submit, log: o.log }),
    retryDelay,
  });
  let closing: Promise<void> | undefined;
  return {
    queue,
    schedule: ({ id, delayMs, ...data }) =>
      schedule({ id, delayMs, data, name: data.command.type }),
    close() {
      closing ??= close().then(() => connections.close());
      return closing;
    },
  };
}
