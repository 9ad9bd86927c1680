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
  async function end(count?: number, error?: Error): Promise<void> {
    enders.shift()?.(count, error);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { queue, sizes, end };
}

it('what is written during a commit goes into the next one together', async () => {
  const { queue, sizes, end } = commits();
  const writes = Array.from({ length: 5 }, () => queue.write(BATCH));
  await end();
  await end();
  await Promise.all(writes);
  expect(sizes).toEqual([1, 4]);
});

it('what a commit leaves over goes into the next one', async () => {
  const { queue, sizes, end } = commits();
  const writes = Array.from({ length: 5 }, () => queue.write(BATCH));
  await end();
  await end(3);
  await end();
  await Promise.all(writes);
  expect(sizes).toEqual([1, 4, 1]);
});

it('a commit that fails rejects its own batches and no others', async () => {
  const { queue, end } = commits();
  const first = queue.write(BATCH);
  const second = queue.write(BATCH);
  const failure = expect(first).rejects.toThrow('disk');
  await end(undefined, new Error('disk'));
  await failure;
  await end();
  await expect(second).resolves.toBeUndefined();
});

it('a task gets its turn although there is always something to write', async () => {
  const { queue, end } = commits();
  void queue.write(BATCH);
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
  const { queue, end } = commits();
  const write = queue.write(BATCH);
  const closed = queue.close(new StorageError('closed', '[embedded] closed'));
  await expect(queue.write(BATCH)).rejects.toMatchObject({ code: 'closed' });
  await end();
  await write;
  await closed;
});
