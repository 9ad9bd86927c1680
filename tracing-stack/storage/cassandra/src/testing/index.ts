export { recordKeyspace } from './record-keyspace.ts';
export { TestKeyspace } from './test-keyspace.ts';
