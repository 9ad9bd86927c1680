import type { Span } from '@spoor/model';
import { StorageError, type StoredBatch } from '@spoor/storage-api';
import { encodeBinaryBatch, encodePostSpansRequest, encodeProtoBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { expect, test } from 'vitest';
import { runCollector } from './testing/collector-run.ts';

// Jaeger's own collector answers 202 and OK for what its full queue then drops.

const [span] = usualSpans(seededRandom(1), 1) as [Span];
const SENDERS = 40;
const BATCHES_A_SENDER = 10;

/** A store that takes its time, and is away for every eleventh batch. */
function slowStore() {
  const found: string[] = [];
  let calls = 0;
  return {
    found,
    writer: {
      async write({ batch }: StoredBatch) {
        const call = calls++;
        await new Promise((resolve) => setTimeout(resolve, call % 5));
        if (call % 11 === 0) throw new StorageError('unavailable', '[store] away');
        found.push(batch.index().processes[0]?.serviceName ?? '');
      },
    },
  };
}

test('what is acknowledged is found, and what is found was acknowledged, by both doors of a collector that has too little room', async () => {
  const store = slowStore();
  // Room for a few of the forty.
  const run = await runCollector({ store, queueSpans: 4 });
  const acknowledged: string[] = [];
  const answers = new Map<string, number>();

  async function send(name: string, byHttp: boolean): Promise<void> {
    const process = { ...span.process, serviceName: name };
    const answer = byHttp
      ? String((await run.postHttp(encodeBinaryBatch(process, [span]))).status)
      : (await run.postGrpc(encodePostSpansRequest(encodeProtoBatch([{ ...span, process }])))).code;
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
    if (answer === '202' || answer === 'OK') acknowledged.push(name);
  }

  await Promise.all(
    Array.from({ length: SENDERS }, async (_, sender) => {
      for (let batch = 0; batch < BATCHES_A_SENDER; batch++)
        await send(`service-${sender}-${batch}`, sender % 2 === 0);
    }),
  );
  await run.close();
  expect(store.found.sort()).toEqual(acknowledged.sort());
  // Each answer was given, or nothing was shown.
  expect([...answers.keys()].sort()).toEqual([
    '202',
    '503',
    'OK',
    'RESOURCE_EXHAUSTED',
    'UNAVAILABLE',
  ]);
});
