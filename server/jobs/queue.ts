import { type Job, Queue, UnrecoverableError, Worker } from 'bullmq';
import type { Logger } from 'pino';
import { checkEviction, jobConnection } from './connection.ts';

/** Connections to Redis that the queues of one server share. */
export interface JobConnections {
  readonly queues: ReturnType<typeof jobConnection>;
  readonly workers: ReturnType<typeof jobConnection>;
  /** Of all keys. In a cluster a queue's keys must lie on one node: the braces see to it. */
  readonly prefix: string;
  readonly log: Logger;
  /** To be called when every queue is closed. */
  close(): void;
}

export function openConnections(o: {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly log: Logger;
}): JobConnections {
  const queues = jobConnection(o.redisUrl, o.log);
  const workers = jobConnection(o.redisUrl, o.log);
  return {
    queues,
    workers,
    prefix: `{${o.prefix}:jobs}`,
    log: o.log,
    close() {
      for (const client of [queues, workers]) if (client.isOpen) client.destroy();
    },
  };
}

/** Thrown by work that no other try can mend. */
export class GivenUp extends UnrecoverableError {
  override readonly name = 'GivenUp';
}

export interface QueueOptions<T> {
  readonly connections: JobConnections;
  readonly name: string;
  /**
   * Does a job. It may be called twice for one (its server died over it), at two servers; what it
   * throws is a reason to try again, but for `GivenUp`.
   */
  readonly perform: (data: T, id: string) => Promise<void>;
  /** How long before another try, in milliseconds. */
  readonly retryDelay: (attempts: number) => number;
  readonly concurrency?: number;
  /** Finished jobs are remembered so long, in seconds, so that a late setter sets no second. */
  readonly rememberSeconds?: number;
  /** How long failures stay for people to see, in seconds. */
  readonly failedSeconds?: number;
}

export interface Scheduled<T> {
  readonly id: string;
  readonly data: T;
  readonly delayMs: number;
  /** What people see of it. */
  readonly name: string;
  /** Of several with one of these there is one under way and one that waits, at most. */
  readonly oneOf?: string;
}

export interface JobQueue<T> {
  readonly queue: Queue<T>;
  /**
   * Has work done `delayMs` from now. Set by however many servers under one id, it is done once.
   * Never rejects: while Redis is away it is tried again.
   */
  schedule(job: Scheduled<T>): Promise<void>;
  /** Waits for the jobs under way, but not for long: another server takes them over. Idempotent. */
  close(): Promise<void>;
}

const scheduleRetryMs = 250;
/** How long the end of a server waits for a job, in milliseconds. */
const patienceMs = 3_000;

/** A queue in BullMQ with a worker of this server, so that work outlives the server that set it. */
export async function createQueue<T>(o: QueueOptions<T>): Promise<JobQueue<T>> {
  const { connections, name, rememberSeconds = 3_600, failedSeconds = rememberSeconds } = o;
  const { log, prefix } = connections;
  const queue = new Queue<T, void, string, T, void, string>(name, {
    connection: connections.queues,
    prefix,
    defaultJobOptions: {
      attempts: Number.MAX_SAFE_INTEGER,
      backoff: { type: 'custom' },
      removeOnComplete: { age: rememberSeconds },
      removeOnFail: { age: failedSeconds },
    },
  });
  queue.on('error', (err) => log.debug({ err, queue: name }, 'jobs: queue interrupted'));
  await queue.waitUntilReady();
  await checkEviction(connections.queues, log);
  const worker = startWorker(o);
  await worker.waitUntilReady();
  let closing: Promise<void> | undefined;
  return {
    queue: queue as unknown as Queue<T>,
    async schedule({ id, data, delayMs, name: kind, oneOf }) {
      const due = performance.now() + delayMs;
      while (!closing) {
        try {
          const delay = Math.max(0, Math.round(due - performance.now()));
          const once = oneOf ? { deduplication: { id: oneOf, keepLastIfActive: true } } : {};
          await queue.add(kind, data, { jobId: id, delay, ...once });
          return;
        } catch (error) {
          if (!closing) log.warn({ err: error, job: id }, 'job not set yet');
          await new Promise((resolve) => setTimeout(resolve, scheduleRetryMs));
        }
      }
    },
    close() {
      closing ??= endOf(worker).then(() => queue.close());
      return closing;
    },
  };
}

async function endOf(worker: { close(): Promise<void> }): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([worker.close(), tooLong]);
  clearTimeout(timer);
}

/** Locks are short, so that a dead server's job soon moves to another. */
function startWorker<T>(o: QueueOptions<T>): Worker<T> {
  const { log, prefix, workers } = o.connections;
  const worker = new Worker<T>(o.name, (job: Job<T>) => o.perform(job.data, String(job.id)), {
    connection: workers,
    prefix,
    concurrency: o.concurrency ?? 16,
    lockDuration: 3_000,
    stalledInterval: 1_000,
    // Each death of a server over a job counts; the third must not be the job's last.
    maxStalledCount: 1_000,
    runRetryDelay: 250,
    settings: { backoffStrategy: o.retryDelay },
  });
  worker.on('error', (err) => log.debug({ err, queue: o.name }, 'jobs: worker interrupted'));
  worker.on('failed', (job, err) => {
    const lost = err instanceof UnrecoverableError;
    log.warn({ err, queue: o.name, job: job?.id }, lost ? 'job given up' : 'job to be retried');
  });
  return worker;
}
