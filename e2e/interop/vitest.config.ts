import { defineConfig } from 'vitest/config';

/** Programs on their default ports, one stack after the other: `npm run test:interop` gives them a network of their own. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});
