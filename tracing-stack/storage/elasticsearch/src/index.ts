export { type ElasticsearchStore, openElasticsearchStore } from './elasticsearch-store.ts';
export {
  DEFAULT_BULK,
  DEFAULT_MAX_DOC_COUNT,
  DEFAULT_MAX_SPAN_AGE_MS,
  DEFAULT_SERVER,
  DEFAULT_TAGS_AS_FIELDS,
  type ElasticsearchStoreOptions,
  type RolloverFrequency,
} from './store-options.ts';
export type { ElasticsearchStats } from './store-stats.ts';
export type { StorageTls } from './tls-options.ts';
