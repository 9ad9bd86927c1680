export { storageFlags, storageOptions } from './flags.ts';
export {
  openStore,
  STORAGE_TYPES,
  type StorageType,
  type StoreOptions,
} from './open-store.ts';
