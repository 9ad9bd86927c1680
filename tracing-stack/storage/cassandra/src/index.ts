export { type CassandraStore, openCassandraStore } from './cassandra-store.ts';
