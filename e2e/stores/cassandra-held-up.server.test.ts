import { openCassandraStore } from '@spoor/storage-cassandra';
import { inject } from 'vitest';
import { describeHeldUp } from './describe-held-up.ts';
import { cassandraServer } from './store-servers.ts';

describeHeldUp('a Cassandra', {
  isMissing: 'missing' in inject('cassandra'),
  server: cassandraServer,
  open(address, writeWithinMs) {
    const where = { servers: [address], keyspace: 'held_up', createSchema: true };
    return openCassandraStore({ ...where, writeWithinMs });
  },
});
