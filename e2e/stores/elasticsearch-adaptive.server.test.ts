import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { describeAdaptiveSampling } from './describe-adaptive-sampling.ts';

const server = inject('elasticsearch');
const url = 'url' in server ? server.url : '';
const prefix = `a${randomBytes(6).toString('hex')}`;

describeAdaptiveSampling('Elasticsearch', {
  isMissing: 'missing' in server,
  flags: [
    '--span-storage.type=elasticsearch',
    `--es.server-urls=${url}`,
    `--es.index-prefix=${prefix}`,
    '--es.num-shards=1',
    '--es.num-replicas=0',
  ],
  async clean() {
    for (const path of [`${prefix}-*`, `_index_template/${prefix}-*`, `_template/${prefix}-*`])
      await fetch(`${url}/${path}`, { method: 'DELETE' });
  },
});
