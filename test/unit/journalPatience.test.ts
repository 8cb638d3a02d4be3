import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterPatience } from '../../server/journal/patience.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('patience ends after the time asked for, and not before', () => {
  const call = vi.fn();
  afterPatience(800, call);
  vi.advanceTimersByTime(799);
  expect(call).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(call).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(5_000);
  expect(call).toHaveBeenCalledOnce();
});

test('an answer in time ends it', () => {
  const call = vi.fn();
  const stop = afterPatience(800, call);
  vi.advanceTimersByTime(700);
  stop();
  vi.advanceTimersByTime(5_000);
  expect(call).not.toHaveBeenCalled();
});

test('a process that stood still for long has not waited for long', async () => {
  vi.useRealTimers();
  const call = vi.fn();
  const stop = afterPatience(200, call);
  const until = performance.now() + 450;
  while (performance.now() < until);
  // Answers that came meanwhile are read after timers, before the next look.
  await new Promise((resolve) => setImmediate(resolve));
  expect(call).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(call).toHaveBeenCalledOnce());
  stop();
});
