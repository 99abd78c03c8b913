import { defineConfig } from 'vitest/config';

/** Tests that start the program, a browser or a server beside them. */
const BESIDE = ['browser', 'collector', 'e2e', 'electron', 'service'];
const besideFiles = BESIDE.map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    // The keychain of whoever runs the tests is not theirs to write to.
    env: { TOLLBOOK_KEYCHAIN: 'off' },
    pool: 'forks',
    // Many tests wait for a clock, a disk or another process.
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // A machine that is busy with other tests takes its time.
    expect: { poll: { timeout: 15_000 } },
    reporters: ['./test/support/totals-reporter.ts'],
    silent: 'passed-only',
    projects: [
      { extends: true, test: { name: 'beside', include: besideFiles } },
      {
        extends: true,
        // What these import is the same for all of them: read once a worker, not once a file.
        test: {
          name: 'within',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: besideFiles,
          isolate: false,
        },
      },
    ],
  },
});
