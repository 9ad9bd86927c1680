import { StorageError } from '@spoor/storage-api';
import { sampleBatch } from '@spoor/storage-testkit';
import { expect, it } from 'vitest';
import { WriteQueue } from './write-queue.ts';

const BATCH = sampleBatch({ spans: [{ traceId: '00000000000000aa' }] });

/** Commits that end when the test says so. */
function commits() {
  const sizes: number[] = [];
  const enders: ((count?: number, error?: Error) => void)[] = [];
  const queue = new WriteQueue(({ length }) => {
    sizes.push(length);
    return new Promise((resolve, reject) => {
      enders.push((count = length, error) => (error ? reject(error) : resolve(count)));
    });
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  async function end(count?: number, error?: Error): Promise<void> {
    if (enders.length === 0) await turn();
    enders.shift()?.(count, error);
    await turn();
  }
  return { queue, sizes, end, turn };
}

it('what is written in one turn of the event loop, or during a commit, is committed together', async () => {
  const { queue, sizes, end, turn } = commits();
  const write = () => queue.write(BATCH);
  const writes = [write(), write()];
  await turn();
  writes.push(write(), write(), write());
  await turn();
  writes.push(write());
  await end();
  await end();
  await Promise.all(writes);
  expect(sizes).toEqual([2, 4]);
});

it('what a commit leaves over goes into the next one', async () => {
  const { queue, sizes, end } = commits();
  const writes = Array.from({ length: 5 }, () => queue.write(BATCH));
  await end(3);
  await end();
  await Promise.all(writes);
  expect(sizes).toEqual([5, 2]);
});

it('a commit that fails rejects its own batches and no others', async () => {
  const { queue, end, turn } = commits();
  const first = queue.write(BATCH);
  await turn();
  const second = queue.write(BATCH);
  const failure = expect(first).rejects.toThrow('disk');
  await end(undefined, new Error('disk'));
  await failure;
  await end();
  await expect(second).resolves.toBeUndefined();
});

it('a task gets its turn although there is always something to write', async () => {
  const { queue, end, turn } = commits();
  void queue.write(BATCH);
  await turn();
  let done = false;
  const task = queue.between(async () => {
    done = true;
  });
  void queue.write(BATCH);
  expect(done).toBe(false);
  await end();
  expect(done).toBe(true);
  await task;
  await end();
});

it('more than 64 MiB waiting is refused as full, and taken again later', async () => {
  const { queue, end } = commits();
  const large = {
    ...BATCH,
    batch: {
      encoding: BATCH.batch.encoding,
      bytes: new Uint8Array(1024 * 1024),
      index: () => BATCH.batch.index(),
      spans: () => BATCH.batch.spans(),
    },
  };
  const writes = Array.from({ length: 64 }, () => queue.write(large));
  await expect(queue.write(large)).rejects.toMatchObject({ code: 'full' });
  await end();
  writes.push(queue.write(large));
  for (let commit = 0; commit < 5; commit++) await end();
  await Promise.all(writes);
});

it('a closed queue ends what waits and refuses the rest', async () => {
  const { queue, end, turn } = commits();
  const write = queue.write(BATCH);
  await turn();
  const closed = queue.close(new StorageError('closed', '[embedded] closed'));
  await expect(queue.write(BATCH)).rejects.toMatchObject({ code: 'closed' });
  await end();
  await write;
  await closed;
});
