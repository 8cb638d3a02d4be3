import { type ConnectionOptions, type Job, Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { Command } from '../domain/command.ts';
import type { BriefingId } from '../domain/ids.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Timer } from '../domain/timers.ts';

/** What the timer's job carries; its id is the job's. */
export interface TimerJob {
  readonly briefing: BriefingId;
  readonly command: Timer['command'];
}

/** Gives a command by diemcau itself, whichever briefing it is for. */
export type SubmitCommand = (
  briefing: BriefingId,
  command: Command,
  id: string,
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: RefusalCode }>;

export interface WorkerOptions {
  readonly connection: ConnectionOptions;
  readonly queue: string;
  readonly prefix: string;
  readonly submit: SubmitCommand;
  readonly log: Logger;
}

/** Not done, but it will be: any other refusal says that there is nothing to do any more. */
const tryAgain: ReadonlySet<RefusalCode> = new Set(['controlPaused', 'tooManyCommands']);

/** How long before another try, in milliseconds. */
export const retryDelay = (attempts: number): number => Math.min(200 * 2 ** attempts, 5_000);

/**
 * Does timers' work. A job may be done twice (its server died over it), which the command's id and
 * the version it quotes make harmless; so locks can be short and a dead server's job moves soon.
 */
export function startWorker({ connection, queue, prefix, submit, log }: WorkerOptions) {
  const worker = new Worker<TimerJob>(
    queue,
    async (job: Job<TimerJob>) => {
      const { briefing, command } = job.data;
      const answer = await submit(briefing, command, String(job.id));
      if (!answer.ok && tryAgain.has(answer.refusal)) throw new Error(answer.refusal);
      const refusal = answer.ok ? undefined : answer.refusal;
      log.info({ briefing, ...command, refusal }, 'timer over');
    },
    {
      connection,
      prefix,
      concurrency: 16,
      lockDuration: 3_000,
      stalledInterval: 1_000,
      // Each death of a server over a job counts; the third must not be the timer's last.
      maxStalledCount: 1_000,
      runRetryDelay: 250,
      settings: { backoffStrategy: retryDelay },
    },
  );
  worker.on('error', (error) => log.debug({ err: error }, 'jobs: worker interrupted'));
  worker.on('failed', (job, error) => log.warn({ err: error, job: job?.id }, 'job to be retried'));
  return worker;
}
