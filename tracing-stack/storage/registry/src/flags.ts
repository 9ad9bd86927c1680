import { DATA_DIRECTORY, type FlagValues, textFlag } from '@spoor/platform';
import { DEFAULT_TYPE, STORAGE_TYPES, type StoreOptions } from './open-store.ts';

/** The flags of the store, which every program that opens one takes. */
export const storageFlags = {
  'span-storage.type': textFlag(
    DEFAULT_TYPE,
    `Where spans are stored (${STORAGE_TYPES.join(', ')})`,
  ),
  'embedded.directory': textFlag(DATA_DIRECTORY, 'Folder of the embedded store'),
};

/** What the flags ask `openStore` for. */
export function storageOptions(
  flags: FlagValues<typeof storageFlags>,
): Pick<StoreOptions, 'type' | 'embedded'> & Required<Pick<StoreOptions, 'embedded'>> {
  return {
    type: flags['span-storage.type'],
    embedded: { directory: flags['embedded.directory'] },
  };
}
