import { inject } from 'vitest';
import { describeKills } from './describe-kills.ts';
import { cassandraServer } from './store-servers.ts';

describeKills('missing' in inject('cassandra'), 'Cassandra', cassandraServer);
