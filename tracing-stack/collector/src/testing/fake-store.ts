import type { SpanWriter, StoredBatch } from '@spoor/storage-api';

/** A store that keeps batches, and can be made to wait or to fail. */
export function fakeStore() {
  const written: StoredBatch[] = [];
  let waiting: (() => void)[] | undefined;
  let failure: unknown;
  const writer: SpanWriter = {
    async write(batch) {
      if (waiting) await new Promise<void>((resolve) => waiting?.push(resolve));
      if (failure) throw failure;
      written.push(batch);
    },
  };
  return {
    writer,
    written,
    hold() {
      waiting = [];
    },
    get held() {
      return waiting?.length ?? 0;
    },
    release() {
      const held = waiting ?? [];
      waiting = undefined;
      for (const resolve of held) resolve();
    },
    fail(error: unknown) {
      failure = error;
    },
  };
}
