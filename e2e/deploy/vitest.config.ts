import { defineConfig } from 'vitest/config';

/** The tests of deployment: they need a docker engine and supervisord, and take minutes. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    testTimeout: 600_000,
    hookTimeout: 1_200_000,
    // Both load the machine as a whole.
    fileParallelism: false,
  },
});
