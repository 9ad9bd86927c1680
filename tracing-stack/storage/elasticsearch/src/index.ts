export { type ElasticsearchStore, openElasticsearchStore } from './elasticsearch-store.ts';
export type { ElasticsearchStoreOptions } from './store-options.ts';
export type { ElasticsearchStats } from './store-stats.ts';
