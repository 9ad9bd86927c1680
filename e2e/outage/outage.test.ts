import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from './agent-and-collector.ts';
import { runOutage } from './run-outage.ts';

// The short form of `npm run outage`.

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-outage-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('an outage of seconds: all that waits on disk is in the store afterwards, and once', {
  timeout: 240_000,
}, async () => {
  const place = { way: 'gRPC', port: await freePort(), directory } as const;
  const report = await runOutage({ place, seconds: 5, rate: 1000 });
  expect(report).toMatchObject({ sent: 6000, queueFull: 0, kernelDrops: 0, missing: 0, twice: 0 });
  expect(report.waiting.diskBytes).toBeGreaterThan(500_000);
});
