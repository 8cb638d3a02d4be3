/** The longest wait between two attempts, in milliseconds. */
export const longestWait = 10_000;
const firstWait = 250;

/**
 * How long to wait before attempt `attempt` (from 0), in milliseconds. Fast at first, doubling, and
 * never more than ten seconds; never "give up", because nobody sits at a kiosk to press reload.
 * `random` in [0, 1) spreads 71 sites that lost the same server at the same moment.
 */
export function retryDelay(attempt: number, random: number): number {
  const full = Math.min(longestWait, firstWait * 2 ** Math.min(Math.max(attempt, 0), 16));
  return Math.round(full / 2 + (full / 2) * random);
}
