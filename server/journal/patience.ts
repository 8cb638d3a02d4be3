/** One look in so many milliseconds. */
const lookMs = 100;

/**
 * Calls back after `ms` milliseconds in which this process could have heard an answer; returns how
 * to stop that. A machine under load that does not let the process run for a second is no proof
 * that Redis is away: its answer may lie in the socket, and is read only after timers. So looks
 * are counted, and however long the process stood still, that is one look.
 */
export function afterPatience(ms: number, call: () => void): () => void {
  let left = Math.ceil(ms / lookMs);
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    call();
  }, lookMs);
  return () => clearInterval(timer);
}
