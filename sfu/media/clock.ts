import type { Clock } from './keyFrameGate.ts';

/** This machine's monotonic clock. No wait at all ends with this turn of the event loop. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    if (ms <= 0) {
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
