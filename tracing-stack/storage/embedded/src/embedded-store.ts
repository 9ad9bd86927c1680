import type { EmbeddedStore } from './bucket-store.ts';
import { ReadOnlyStore } from './read-only-store.ts';
import type { EmbeddedStoreOptions } from './store-options.ts';
import { WritingStore } from './writing-store.ts';

/**
 * Opens the embedded store: spans in LMDB below `directory`, written by one process, read by any number.
 * Throws `StorageError`: `unavailable` if another process writes to it, `corrupt` if it is of another layout.
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  return options.readOnly === true ? new ReadOnlyStore(options) : new WritingStore(options);
}
