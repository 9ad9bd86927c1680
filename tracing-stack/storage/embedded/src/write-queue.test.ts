import { StorageError } from '@spoor/storage-api';
import { sampleBatch } from '@spoor/storage-testkit';
import { expect, it } from 'vitest';
import { StoreMemory } from './store-memory.ts';
import { WriteQueue } from './write-queue.ts';

const BATCH = sampleBatch({ spans: [{ traceId: '00000000000000aa' }] });

/** Commits that end when the test says so. */
function commits(memory = new StoreMemory(1024 ** 3)) {
  const sizes: number[] = [];
  const enders: ((count?: number, error?: Error) => void)[] = [];
  const queue = new WriteQueue(({ length }) => {
    sizes.push(length);
    return new Promise((resolve, reject) => {
      enders.push((count = length, error) => (error ? reject(error) : resolve(count)));
    });
  }, memory);
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

it('what waits takes an eighth of the memory at most; more is refused as full, and taken again later', async () => {
  const memory = new StoreMemory(16 * 1024 ** 2);
  const { queue, sizes, end, turn } = commits(memory);
  let indexed = 0;
  const large = () => ({
    ...BATCH,
    batch: {
      encoding: BATCH.batch.encoding,
      bytes: new Uint8Array(100_000),
      index: () => {
        indexed++;
        return BATCH.batch.index();
      },
      spans: () => BATCH.batch.spans(),
    },
  });
  let most = 0;
  const writes: Promise<string>[] = [];
  const flood = () => {
    for (let i = 0; i < 100; i++) {
      const write = queue.write(large());
      writes.push(write.then(() => 'written').catch(({ code }) => code));
      most = Math.max(most, memory.waiting.bytes);
    }
  };
  flood();
  expect(indexed).toBe(20);
  await turn();
  for (let commit = 0; commit < 10; commit++) await end();
  expect(memory.waiting.bytes).toBe(0);
  flood();
  for (let commit = 0; commit < 10; commit++) await end();
  const outcomes = await Promise.all(writes);
  expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(40);
  expect(outcomes.filter((outcome) => outcome === 'full')).toHaveLength(160);
  expect(most).toBeLessThanOrEqual(2 * 1024 ** 2);
  expect(most).toBeGreaterThan(1.9 * 1024 ** 2);
  // A commit takes a sixty-fourth of the memory, which here are two batches.
  expect(Math.max(...sizes)).toBe(2);
});

it('a batch that is larger than all that may wait goes alone', async () => {
  const { queue, end } = commits(new StoreMemory(1024));
  const write = queue.write(BATCH);
  await expect(queue.write(BATCH)).rejects.toMatchObject({ code: 'full' });
  await end();
  await write;
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
