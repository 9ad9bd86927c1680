export type { EmbeddedStore } from './bucket-store.ts';
export { openEmbeddedStore } from './embedded-store.ts';
export {
  type EmbeddedStoreOptions,
  MAX_BYTES,
  MAX_MEMORY_BYTES,
  TIME_TO_LIVE,
} from './store-options.ts';
export type { StoreStats } from './store-stats.ts';
