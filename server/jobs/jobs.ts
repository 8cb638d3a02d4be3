import { Queue } from 'bullmq';
import type { Logger } from 'pino';
import { checkEviction, jobConnection } from './connection.ts';
import { type SubmitCommand, startWorker, type TimerJob } from './worker.ts';

export type { SubmitCommand };

export interface JobsOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly submit: SubmitCommand;
  readonly log: Logger;
}

export interface Jobs {
  /**
   * Has a command given `delayMs` from now. Set by however many servers under one id, it goes off
   * once. Never rejects: while Redis is away it is tried again.
   */
  schedule(timer: TimerJob & { readonly id: string; readonly delayMs: number }): Promise<void>;
  /** Waits for the job under way. Idempotent. */
  close(): Promise<void>;
}

const queueName = 'timers';
const scheduleRetryMs = 250;
/** Finished timers are remembered so long, in seconds, so that a late setter sets no second. */
const rememberSeconds = 3_600;

/** The timers of briefings, in BullMQ, so that they outlive the server that set them. */
export async function createJobs({ redisUrl, prefix, submit, log }: JobsOptions): Promise<Jobs> {
  const connection = jobConnection(redisUrl, log);
  const workerConnection = jobConnection(redisUrl, log);
  // In a cluster all of a queue's keys must lie on one node: the braces see to it.
  const keyPrefix = `{${prefix}:jobs}`;
  const queue = new Queue<TimerJob>(queueName, {
    connection,
    prefix: keyPrefix,
    defaultJobOptions: {
      attempts: Number.MAX_SAFE_INTEGER,
      backoff: { type: 'custom' },
      removeOnComplete: { age: rememberSeconds },
      removeOnFail: { age: rememberSeconds },
    },
  });
  queue.on('error', (error) => log.debug({ err: error }, 'jobs: queue interrupted'));
  await queue.waitUntilReady();
  await checkEviction(connection, log);
  const worker = startWorker({
    connection: workerConnection,
    queue: queueName,
    prefix: keyPrefix,
    submit,
    log,
  });
  await worker.waitUntilReady();
  let closing: Promise<void> | undefined;
  return {
    async schedule({ id, delayMs, ...job }) {
      const due = performance.now() + delayMs;
      while (!closing) {
        try {
          const delay = Math.max(0, Math.round(due - performance.now()));
          await queue.add(job.command.type, job, { jobId: id, delay });
          return;
        } catch (error) {
          if (!closing) log.warn({ err: error, timer: id }, 'timer not set yet');
          await new Promise((resolve) => setTimeout(resolve, scheduleRetryMs));
        }
      }
    },
    close() {
      closing ??= (async () => {
        await worker.close();
        await queue.close();
        for (const client of [connection, workerConnection]) if (client.isOpen) client.destroy();
      })();
      return closing;
    },
  };
}
