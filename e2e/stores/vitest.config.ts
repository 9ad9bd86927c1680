import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * The tests of stores that need a real server: `*.server.test.ts` beside the code of each. The servers are started once
 * for all of a store's tests, by `SERVER-server.ts` beside this file.
 */
export default defineConfig({
  test: {
    projects: ['cassandra'].map((store) => ({
      test: {
        name: store,
        root: fileURLToPath(new URL('../..', import.meta.url)),
        include: [`tracing-stack/storage/${store}/**/*.server.test.ts`],
        globalSetup: fileURLToPath(new URL(`${store}-server.ts`, import.meta.url)),
        testTimeout: 120_000,
        hookTimeout: 120_000,
        // A small machine serves one at a time better.
        fileParallelism: false,
      },
    })),
  },
});
