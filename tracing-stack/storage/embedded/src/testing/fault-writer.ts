import { execFileSync } from 'node:child_process';
import { StorageError } from '@spoor/storage-api';
import { watchStore } from '@spoor/storage-api/health';
import { sampleBatch } from '@spoor/storage-testkit';
import { openEmbeddedStore } from '../embedded-store.ts';

/*
 * The other process of fault.test.ts: `fault-writer.ts DIRECTORY`, started with a small limit on the size of files.
 * Writes batch after batch until writing fails, ten times; lifts the limit, writes on, and prints what happened.
 */
const [directory = ''] = process.argv.slice(2);
let now = 0;
const embedded = await openEmbeddedStore({ directory, spareBytes: 0 });
const store = watchStore(embedded, 'embedded', () => now);
const acknowledged: number[] = [];
const failed: number[] = [];
const codes = new Set<string>();
let number = 0;

async function writeTogether(count: number): Promise<void> {
  const numbers = Array.from({ length: count }, () => ++number);
  await Promise.all(
    numbers.map(async (n) => {
      const traceId = n.toString(16).padStart(16, '0');
      const spans = Array.from({ length: 20 }, () => ({ traceId, operation: 'x'.repeat(300) }));
      try {
        await store.writer.write(sampleBatch({ service: `service-${n}`, spans }));
        acknowledged.push(n);
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        codes.add(error.code);
        failed.push(n);
      }
    }),
  );
}

while (failed.length < 50) await writeTogether(5);
// One failure does not make a store that cannot write; some seconds of them do.
now += 10_000;
await writeTogether(5);
const check = await store.health().then(
  () => 'fine',
  (error: StorageError) => error.code,
);
execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited']);
await writeTogether(1);
await writeTogether(9);
const checkAfter = await store.health().then(() => 'fine');
await store.close();
process.stdout.write(
  JSON.stringify({ acknowledged, failed, codes: [...codes], check, checkAfter, last: number }),
);
