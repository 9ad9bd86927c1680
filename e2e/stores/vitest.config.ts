import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** A project each. Where there are several versions, a name ends with one. */
const SERVERS = ['cassandra', 'elasticsearch8', 'elasticsearch7'];

/**
 * The tests of stores that need a real server: `*.server.test.ts` beside the code of each, and here what
 * takes more than the store. The servers are started once
 * for all of a store's tests, by `SERVER-server.ts` beside this file.
 */
export default defineConfig({
  test: {
    projects: SERVERS.map((name) => {
      const store = name.replace(/\d+$/, '');
      return {
        test: {
          name,
          root: fileURLToPath(new URL('../..', import.meta.url)),
          include: [
            `tracing-stack/storage/${store}/**/*.server.test.ts`,
            `e2e/stores/${store}*.server.test.ts`,
          ],
          globalSetup: fileURLToPath(new URL(`${store}-server.ts`, import.meta.url)),
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // A small machine serves one at a time better.
          fileParallelism: false,
        },
      };
    }),
  },
});
