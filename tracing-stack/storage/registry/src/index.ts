export { storageFlags, storageOptions } from './flags.ts';
export {
  openStore,
  type StorageType,
  type StoreOptions,
} from './open-store.ts';
