import { TestKeyspace } from '@spoor/storage-cassandra/testing';
import { inject } from 'vitest';
import { describeAdaptiveSampling } from './describe-adaptive-sampling.ts';

const server = inject('cassandra');
const keyspace = TestKeyspace.open('spoor_adaptive');

describeAdaptiveSampling('Cassandra', {
  isMissing: keyspace === undefined,
  flags: [
    '--span-storage.type=cassandra',
    `--cassandra.servers=${'address' in server ? server.address : ''}`,
    '--cassandra.keyspace=spoor_adaptive',
    '--cassandra.create-schema=true',
  ],
  clean: async () => keyspace?.drop(),
});
