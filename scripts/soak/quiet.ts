/** Counts fall for as long as the product's own deadlines: 20 s for a page's legs, 30 s for orphans. */
const stillMs = 40_000;
/** Where everything is as it was after the warm-up already, nothing is left to wait for; ms. */
const settledMs = 5_000;
/** A system that never comes to rest is counted all the same, milliseconds. */
const atMostMs = 240_000;
const lookEveryMs = 1_000;
/** So much more of `rest` than after the warm-up is still quiet. */
const restMay = 8;
/** A fall of `rest` by no more than this is a timer that is seldom there. */
const jitter = 4;

/** What is made for pages on media nodes. */
const media = ['routers', 'transports', 'pipes', 'producers', 'consumers'];
/** What falls as pages go, and never is quite the same: each process may have one more or less. */
const rest = ['sockets', 'files', 'timers'];

const sum = (counts: Readonly<Record<string, number>>, of: readonly string[]): number =>
  Object.entries(counts)
    .filter(([name]) => of.includes(name.slice(name.lastIndexOf('.') + 1)))
    .reduce((total, [, value]) => total + value, 0);

export interface QuietOptions {
  readonly look: () => Promise<Readonly<Record<string, number>>>;
  /** The quiet state after the warm-up, once there is one. */
  readonly before: Readonly<Record<string, number>> | undefined;
  readonly pause: (ms: number) => Promise<void>;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

/** Waits until counts have stopped falling. Answers how long that took, in milliseconds. */
export async function untilQuiet({ look, before, pause, now }: QuietOptions): Promise<number> {
  const settled = (counts: Readonly<Record<string, number>>) =>
    before !== undefined &&
    sum(counts, media) <= sum(before, media) &&
    sum(counts, rest) <= sum(before, rest) + restMay;
  const began = now();
  const unknown = { media: Number.POSITIVE_INFINITY, rest: Number.POSITIVE_INFINITY };
  let least = unknown;
  let fellAt = began;
  for (;;) {
    const counts = await look().catch(() => undefined);
    const time = now();
    if (!counts) {
      // A process is being started again; whatever it will hold is still to fall.
      least = unknown;
      fellAt = time;
    } else {
      const held = { media: sum(counts, media), rest: sum(counts, rest) };
      if (held.media < least.media || held.rest < least.rest - jitter) {
        least = held;
        fellAt = time;
      }
      if (time - fellAt >= (settled(counts) ? settledMs : stillMs)) return time - began;
    }
    if (time - began >= atMostMs) return time - began;
    await pause(lookEveryMs);
  }
}
