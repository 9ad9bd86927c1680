import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openEmbeddedStore } from './embedded-store.ts';

/** More with `CRASH_ROUNDS=200 npx vitest run tracing-stack/storage/embedded/src/crash.test.ts`. */
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 3);
const WRITER = fileURLToPath(new URL('testing/crash-writer.ts', import.meta.url));

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-crash-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

it(`1: everything acknowledged is there after kill -9, ${ROUNDS} times over one store`, {
  timeout: 20_000 + ROUNDS * 5000,
}, async () => {
  const acknowledged: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Numbers that were written but not acknowledged are not given again.
    const first = 1 + 1_000_000 * round;
    const numbers = await writeUntilKilled(first, 20 + Math.random() * 200);
    expect(numbers.length).toBeGreaterThan(0);
    acknowledged.push(...numbers);
    await expectWhole(acknowledged, numbers);
  }
});

/** Lets a process write until `delay` ms after its first acknowledgement; returns what it said was acknowledged. */
async function writeUntilKilled(first: number, delay: number): Promise<number[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, directory, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let dying = false;
  const exited = once(child, 'exit');
  for await (const chunk of child.stdout) {
    output += chunk;
    if (!dying) setTimeout(() => child.kill('SIGKILL'), delay);
    dying = true;
  }
  await exited;
  // The last line may have been cut off.
  return output.split('\n').slice(0, -1).map(Number);
}

/** All spans of the new batches, and every batch of the rounds before by the index. */
async function expectWhole(all: readonly number[], fresh: readonly number[]): Promise<void> {
  await using store = await openEmbeddedStore({ directory });
  for (const number of fresh) {
    const trace = await store.reader.trace(idOf(number));
    expect(trace?.spans.length, `batch ${number}`).toBe(1 + (number % 40));
  }
  const tags = new Map<string, string>();
  const window = { startTimeMin: 0, startTimeMax: Number.MAX_SAFE_INTEGER };
  const limit = Number.POSITIVE_INFINITY;
  const found = new Set(await store.reader.findTraceIds({ tags, ...window, limit }));
  expect(all.filter((number) => !found.has(idOf(number)))).toEqual([]);
  expect(store.stats.unreadableRecords).toBe(0);
}

function idOf(number: number): string {
  return number.toString(16).padStart(16, '0');
}
