/**
 * npm passes a signal on that the terminal has sent to everyone already, so the second of a pair
 * that close together is no second wish of the person at the keyboard. Milliseconds.
 */
const echoMs = 1000;
const parentPollMs = 1000;

/**
 * Calls `end` once when this process should end: Ctrl-C, SIGTERM, the terminal closing, or the
 * launcher having died in whatever way. A second Ctrl-C ends at once; the children then notice by
 * themselves that their input has closed.
 */
export function onEndAsked(end: (reason: string) => void): void {
  let askedAt: number | undefined;
  const ask = (reason: string) => {
    const now = performance.now();
    if (askedAt === undefined) {
      askedAt = now;
      end(reason);
    } else if (now - askedAt > echoMs) {
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => ask(signal));
  }
  if (process.connected) process.on('disconnect', () => ask('the launcher has gone'));
  // Under npm the parent lives as long as we do; a plain shell may leave us running on purpose.
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) ask('npm has gone');
  }, parentPollMs).unref();
}
