import { TestKeyspace } from '@spoor/storage-cassandra/testing';
import { describe, inject } from 'vitest';
import { describeDependenciesJob } from './dependencies-job.ts';

const keyspace = TestKeyspace.open('spoor_job');
const server = inject('cassandra');

describe.skipIf(keyspace === undefined)('the dependencies job on Cassandra', () => {
  describeDependenciesJob(() => {
    if (keyspace === undefined || !('address' in server)) throw new Error('no server');
    return {
      open: () => keyspace.openStore(),
      env: {
        SPAN_STORAGE_TYPE: 'cassandra',
        CASSANDRA_SERVERS: server.address,
        CASSANDRA_KEYSPACE: keyspace.name,
      },
      clean: () => keyspace.drop(),
    };
  });
});
