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

/** Not done, but it will be: any other refusal says that there is nothing to do any more. */
const tryAgain: ReadonlySet<RefusalCode> = new Set(['controlPaused', 'tooManyCommands']);

/** How long before another try, in milliseconds. */
export const retryDelay = (attempts: number): number => Math.min(200 * 2 ** attempts, 5_000);

/**
 * Does a timer's work. It may be done twice (its server died over it), which the command's id and
 * the version it quotes make harmless.
 */
export async function performTimer(
  { briefing, command }: TimerJob,
  id: string,
  { submit, log }: { readonly submit: SubmitCommand; readonly log: Logger },
): Promise<void> {
  const answer = await submit(briefing, command, id);
  if (!answer.ok && tryAgain.has(answer.refusal)) throw new Error(answer.refusal);
  const refusal = answer.ok ? undefined : answer.refusal;
  log.info({ briefing, ...command, refusal }, 'timer over');
}
