import { type ConnectionOptions, type Job, Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { Command } from '../domain/command.ts';
import type { BriefingId, SeatId, Version } from '../domain/ids.ts';
import type { RefusalCode } from '../domain/refusal.ts';

/** What the timer of a lost holder carries: it quotes the loss that it was set for. */
export interface Grace {
  readonly briefing: BriefingId;
  readonly seat: SeatId;
  readonly lostAtVersion: Version;
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
  const worker = new Worker<Grace>(
    queue,
    async (job: Job<Grace>) => {
      const { briefing, seat, lostAtVersion } = job.data;
      const command = { type: 'floor.expireGrace', seat, lostAtVersion } as const;
      const answer = await submit(briefing, command, String(job.id));
      if (!answer.ok && tryAgain.has(answer.refusal)) throw new Error(answer.refusal);
      const refusal = answer.ok ? undefined : answer.refusal;
      log.info({ briefing, seat, lostAtVersion, refusal }, 'grace over');
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
