import type { FloorRequest, SpeechRule } from '../../server/domain/floor.ts';
import {
  type ClockStage,
  clockStage,
  remainingMs,
  usedMs,
} from '../../server/domain/floorClock.ts';
import type { Instant } from '../../server/domain/ids.ts';

interface SpeechTime {
  readonly stage: ClockStage;
  /** What a clock shows, in whole seconds as milliseconds: time left, time over, or time used. */
  readonly shown: number;
  /** The speaker's line is lost: the clock stands. */
  readonly stands: boolean;
}

const second = 1_000;

/**
 * A speech's clock as every page shows it. What is left is rounded up, as on any countdown: nought
 * is shown when the time is up, not a second before.
 */
export function speechTime(
  request: Pick<FloorRequest, 'grantedAt' | 'time'>,
  rule: SpeechRule,
  now: Instant,
): SpeechTime {
  const stage = clockStage(request, rule, now);
  const left = remainingMs(request, now);
  const whole = (ms: number) => Math.floor(ms / second) * second;
  const shown =
    left === null
      ? whole(usedMs(request, now))
      : left > 0
        ? Math.ceil(left / second) * second
        : whole(Math.abs(left));
  return { stage, shown, stands: (request.time?.stoppedAt ?? null) !== null };
}
