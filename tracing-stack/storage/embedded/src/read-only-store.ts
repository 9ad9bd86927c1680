import { type SpanWriter, StorageError } from '@spoor/storage-api';
import type { OpenBucket } from './bucket-list.ts';
import { BucketStore } from './bucket-store.ts';
import { storeExists } from './store-marker.ts';
import type { CallMemory } from './store-memory.ts';

/** Reads what another process writes, and waits for it. */
export class ReadOnlyStore extends BucketStore {
  readonly writer: SpanWriter = {
    write: async () => {
      throw new StorageError('unavailable', '[embedded] the store was opened for reading only');
    },
  };

  override async check(): Promise<void> {
    await super.check();
    if (storeExists(this.directory)) return;
    const text = `[embedded] store ${this.directory} does not exist yet: no collector has opened it`;
    throw new StorageError('unavailable', text);
  }

  protected override async reading<T>(
    read: (buckets: readonly OpenBucket[], memory: CallMemory) => Promise<T>,
  ): Promise<T> {
    await this.check();
    this.buckets.refresh();
    return super.reading(read);
  }
}
