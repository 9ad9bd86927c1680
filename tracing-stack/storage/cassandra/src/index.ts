export { type CassandraStore, openCassandraStore } from './cassandra-store.ts';
export {
  CASSANDRA_DEFAULTS,
  type CassandraOptions,
  type CassandraStoreOptions,
  type CassandraTls,
  type Consistency,
  type IndexOptions,
} from './store-options.ts';
