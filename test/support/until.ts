export interface UntilOptions {
  /** What is waited for, in words: the message of the failure. */
  readonly what: string;
  /** How long to wait, in milliseconds. Generous: it is a fuse, not a measurement. */
  readonly timeoutMs?: number;
  /** Added to the message of the failure, such as what was there instead. */
  readonly seen?: () => unknown;
}

const pollMs = 15;
const usualTimeoutMs = 15_000;

/** What a condition gives while it does not hold. */
type NotYet = undefined | false | null;

/**
 * Waits until a condition gives something, and gives that. A condition that throws does not hold
 * yet; its last exception is the cause of the failure.
 * @throws Error with `what`, when it does not come to hold in time.
 */
export async function until<T>(
  condition: () => T | NotYet | Promise<T | NotYet>,
  { what, timeoutMs = usualTimeoutMs, seen }: UntilOptions,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      const found = await condition();
      if (found !== undefined && found !== false && found !== null) return found;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  const instead = seen ? `; instead: ${JSON.stringify(seen())}` : '';
  throw new Error(`waited ${timeoutMs} ms for ${what}${instead}`, { cause });
}
