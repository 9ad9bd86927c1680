import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Many tests start programs or wait for the disk; a busy machine makes them slow, not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A module is loaded once for all files of a worker: loading took longer than testing. So a test puts back what it
    // changes of what others see, and no module is mocked.
    isolate: false,
    include: ['**/*.test.ts'],
    // e2e/deploy, e2e/interop and e2e/stores have configurations of their own.
    exclude: [
      '**/node_modules/**',
      '**/dist/**',
      '**/work/**',
      '**/planted/**',
      '**/e2e/deploy/**',
      '**/e2e/interop/**',
      '**/*.server.test.ts',
    ],
  },
});
