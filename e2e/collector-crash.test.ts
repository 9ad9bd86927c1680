import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'vitest';
import { expectKillsToLoseNothing, KILLS } from './kills.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-crash-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

test(
  'what was acknowledged over gRPC is there after kill -9 and a restart',
  {
    timeout: 60_000 + KILLS * 20_000,
  },
  () => expectKillsToLoseNothing(['--embedded.directory', directory]),
);
