import { DATA_DIRECTORY, type FlagValues, integerFlag, textFlag } from '@spoor/platform';
import { MEMORY_BYTES } from '@spoor/storage-memory';
import { DEFAULT_TYPE, STORAGE_TYPES, type StoreOptions } from './open-store.ts';

/** The flags of the store, which every program that opens one takes. */
export const storageFlags = {
  'span-storage.type': textFlag(
    DEFAULT_TYPE,
    `Where spans are stored (${STORAGE_TYPES.join(', ')})`,
  ),
  'embedded.directory': textFlag(DATA_DIRECTORY, 'Folder of the embedded store'),
  'memory.max-traces': integerFlag(
    0,
    'Traces that the memory store keeps at most, the oldest go first; 0 for no such bound',
  ),
  'memory.max-bytes': integerFlag(
    MEMORY_BYTES,
    'Bytes that spans and their index take at most in the memory store, the oldest go first',
    1,
  ),
};

/** What the flags ask `openStore` for. */
export function storageOptions(flags: FlagValues<typeof storageFlags>) {
  return {
    type: flags['span-storage.type'],
    embedded: { directory: flags['embedded.directory'] },
    memory: { maxTraces: flags['memory.max-traces'], maxBytes: flags['memory.max-bytes'] },
  } satisfies StoreOptions;
}
