import { openElasticsearchStore } from '@spoor/storage-elasticsearch';
import { inject } from 'vitest';
import { describeHeldUp } from './describe-held-up.ts';
import { elasticsearchServer } from './store-servers.ts';

const server = inject('elasticsearch');
const version = 'version' in server ? server.version : '';

describeHeldUp(`an Elasticsearch ${version}`, {
  isMissing: 'missing' in server,
  server: () => elasticsearchServer(version),
  open: (address, writeWithinMs) =>
    openElasticsearchStore({
      serverUrls: [`http://${address}`],
      indexPrefix: 'held-up',
      shards: 1,
      replicas: 0,
      bulk: { flushIntervalMs: 0 },
      writeWithinMs,
    }),
});
