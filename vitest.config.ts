import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['node_modules/**', 'dist/**'],
    // The keychain of whoever runs the tests is not theirs to write to.
    env: { TOLLBOOK_KEYCHAIN: 'off' },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    reporters: ['./test/support/totals-reporter.ts'],
    silent: 'passed-only',
  },
});
