import { inject } from 'vitest';
import { describeKills } from './describe-kills.ts';
import { elasticsearchServer } from './store-servers.ts';

const server = inject('elasticsearch');
const version = 'version' in server ? server.version : '';

describeKills('missing' in server, `Elasticsearch ${version}`, () => elasticsearchServer(version));
