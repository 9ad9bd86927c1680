import { randomBytes } from 'node:crypto';
import { openElasticsearchStore } from '@spoor/storage-elasticsearch';
import { describe, inject } from 'vitest';
import { describeDependenciesJob } from './dependencies-job.ts';

const server = inject('elasticsearch');

describe.skipIf('missing' in server)('the dependencies job on Elasticsearch', () => {
  const prefix = `j${randomBytes(6).toString('hex')}`;
  const url = 'url' in server ? server.url : '';
  describeDependenciesJob(() => ({
    open: () =>
      openElasticsearchStore({
        serverUrls: [url],
        indexPrefix: prefix,
        shards: 1,
        replicas: 0,
        bulk: { flushIntervalMs: 0 },
      }),
    env: {
      SPAN_STORAGE_TYPE: 'elasticsearch',
      ES_SERVER_URLS: url,
      ES_INDEX_PREFIX: prefix,
      ES_NUM_SHARDS: '1',
      ES_NUM_REPLICAS: '0',
    },
    clean: async () => {
      await fetch(`${url}/${prefix}-*`, { method: 'DELETE' });
    },
  }));
});
