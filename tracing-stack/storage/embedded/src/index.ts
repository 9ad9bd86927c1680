export {
  type EmbeddedStore,
  type EmbeddedStoreOptions,
  openEmbeddedStore,
} from './embedded-store.ts';
export type { StoreStats } from './store-stats.ts';
