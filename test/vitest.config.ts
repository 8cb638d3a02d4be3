import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

type Kind = 'unit' | 'contract' | 'integration' | 'e2e' | 'chaos';

/** Seconds that one test may take; the slow kinds start real processes and browsers. */
const timeoutSeconds = {
  unit: 5,
  contract: 30,
  integration: 30,
  e2e: 120,
  chaos: 120,
} satisfies Record<Kind, number>;

/**
 * The kinds that own whole machines' worth of processes run one file after another, and every
 * kind waits for the one before it: two cores cannot carry two browsers and give true results.
 */
const oneAfterAnother: ReadonlySet<Kind> = new Set(['e2e', 'chaos']);

const kinds = Object.keys(timeoutSeconds) as Kind[];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [preact()],
  test: {
    projects: kinds.map((kind, order) => ({
      extends: true,
      test: {
        name: kind,
        include: [`test/${kind}/**/*.test.{ts,tsx}`],
        testTimeout: timeoutSeconds[kind] * 1000,
        hookTimeout: timeoutSeconds[kind] * 1000,
        teardownTimeout: 20_000,
        fileParallelism: !oneAfterAnother.has(kind),
        sequence: { groupOrder: order },
        pool: 'forks',
      },
    })),
    maxWorkers: 2,
    // A test that waits for real processes may leave a rejected promise behind; that is a bug.
    dangerouslyIgnoreUnhandledErrors: false,
    passWithNoTests: false,
  },
});
