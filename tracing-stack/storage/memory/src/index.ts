export { MEMORY_BYTES, type MemoryStore, openMemoryStore } from './memory-store.ts';
export type { MemoryStoreOptions } from './store-options.ts';
export type { MemoryStats } from './store-stats.ts';
