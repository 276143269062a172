/**
 * How the tests run. Threads, since starting them takes less time than starting processes; a minute each, since
 * continuous integration may be slow; and a last line that a machine can read.
 */
import { defineConfig } from 'vitest/config';
import { countReporter } from './test/support/count-reporter.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/support/one-seed.ts'],
    pool: 'threads',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', countReporter()],
  },
});
