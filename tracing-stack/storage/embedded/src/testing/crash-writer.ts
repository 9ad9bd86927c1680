import { sampleBatch } from '@spoor/storage-testkit';
import { openEmbeddedStore } from '../embedded-store.ts';

/*
 * The other process of crash.test.ts: `crash-writer.ts DIRECTORY FIRST`. Writes batches of one to forty spans from
 * several writers at once, for ever, and prints the number of each batch once it was acknowledged. Batch N is the trace
 * whose id is N.
 */
const [directory = '', first = '1'] = process.argv.slice(2);
const store = await openEmbeddedStore({ directory });
let next = Number(first);

async function writeForEver(): Promise<never> {
  for (;;) {
    const number = next++;
    const traceId = number.toString(16).padStart(16, '0');
    const spans = Array.from({ length: 1 + (number % 40) }, () => ({ traceId }));
    await store.writer.write(sampleBatch({ service: `service-${number % 7}`, spans }));
    process.stdout.write(`${number}\n`);
  }
}

await Promise.all([writeForEver(), writeForEver(), writeForEver(), writeForEver()]);
