import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Progress } from '../../scripts/setupProgress.ts';

class Screen {
  readonly isTTY: boolean;
  readonly columns = 40;
  text = '';

  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.text += text;
  }
}

describe('Progress', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('a step that ends is one line with its last word and its seconds', async () => {
    const screen = new Screen(false);
    const progress = new Progress({ output: screen });
    const done = Promise.withResolvers<string>();
    const result = progress.run('worker', async (say) => {
      say('compiling');
      await done.promise;
      say('built');
      return 'path';
    });
    vi.advanceTimersByTime(2300);
    done.resolve('');
    expect(await result).toBe('path');
    expect(screen.text).toBe('  ✓ worker: built (2.3 s)\n');
  });

  test('where every line stays, all running steps are shown every five seconds', () => {
    const screen = new Screen(false);
    const progress = new Progress({ output: screen });
    progress.run('worker', (say) => {
      say('compiling\n 3 of 9');
      return new Promise(() => {});
    });
    progress.run('Redis', () => new Promise(() => {}));
    vi.advanceTimersByTime(11_000);
    expect(screen.text).toBe(
      '  … worker 5 s, compiling 3 of 9 · Redis 5 s\n  … worker 10 s, compiling 3 of 9 · Redis 10 s\n',
    );
    progress.close();
    vi.advanceTimersByTime(20_000);
    expect(screen.text.split('\n')).toHaveLength(3);
  });

  test('on a terminal the living line never wraps, and is wiped before a whole line', () => {
    const screen = new Screen(true);
    const progress = new Progress({ output: screen });
    progress.run('worker', (say) => {
      say('x'.repeat(100));
      return new Promise(() => {});
    });
    vi.advanceTimersByTime(250);
    expect(screen.text).toHaveLength(screen.columns - 1);
    screen.text = '';
    progress.note('something happened');
    expect(screen.text).toContain('\r\u001b[2Ksomething happened\n  … worker');
  });

  test('a step that fails says so and passes its error on', async () => {
    const screen = new Screen(false);
    const progress = new Progress({ output: screen });
    const failing = progress.run('Redis', () => Promise.reject(new Error('no port')));
    await expect(failing).rejects.toThrow('no port');
    expect(screen.text).toBe('  ✗ Redis (0.0 s)\n');
  });
});
