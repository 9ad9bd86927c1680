import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractDirectory } from '@spoor/fixtures';
import { createLogger, createMetrics } from '@spoor/platform';
import { type Query, startQuery } from '@spoor/query';
import type { SpanStore } from '@spoor/storage-api';
import { openElasticsearchStore } from '@spoor/storage-elasticsearch';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { comparableBody } from '../comparable-answer.ts';

const server = inject('elasticsearch');
const RECORDED = join(contractDirectory, 'elasticsearch');

interface Answer {
  readonly request: string;
  readonly status: number;
  readonly body: unknown;
}

interface Document {
  readonly _index: string;
  readonly _id: string;
}

const answersText = readFileSync(join(RECORDED, 'answers.json'), 'utf8');
const answers = JSON.parse(answersText) as Record<string, Answer>;

/** What ours answers otherwise, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  operations:
    'Jaeger keeps no kinds here: its answer has an empty one, ours says that it is unspecified',
  operations_kind:
    'Jaeger passes over the kind that is asked for, ours finds only what is known to be of it',
};

/** What stood in the index of dependencies when the answers were recorded, written by hand. */
const DEPENDENCIES = {
  timestamp: '2026-11-22T18:18:49Z',
  dependencies: [{ parent: 'hello-client', child: 'formatter', callCount: 3, source: 'seed' }],
};

/** A minute after the documents were written: they are young enough for every look. */
const NOON = Date.UTC(2026, 10, 22, 18, 20);

describe.skipIf('missing' in server)('what a real jaeger-collector stored', () => {
  const prefix = `c${randomBytes(6).toString('hex')}`;
  const url = 'url' in server ? server.url : '';
  let store: SpanStore | undefined;
  let query: Query | undefined;

  beforeAll(async () => {
    const options = { serverUrls: [url], indexPrefix: prefix, shards: 1, replicas: 0 };
    const writing = await openElasticsearchStore(options);
    // Makes the templates, without which nothing is found.
    await writing.check();
    await writing.close();
    await load(url, prefix);
    store = await openElasticsearchStore({ ...options, readOnly: true, clock: () => NOON });
    query = await startQuery({
      http: { host: '127.0.0.1', port: 0 },
      store,
      clock: () => NOON,
      logger: createLogger({ name: 'contract', level: 'silent' }),
      metrics: createMetrics(),
    });
  });

  afterAll(async () => {
    await query?.close();
    await store?.close();
    await fetch(`${url}/${prefix}-*`, { method: 'DELETE' });
  });

  for (const [name, { request, status, body }] of Object.entries(answers)) {
    const why = OTHERWISE[name];
    test.skipIf(why)(
      `is answered as a real jaeger-query does: ${name}${why ? ` (${why})` : ''}`,
      async () => {
        const response = await fetch(`http://127.0.0.1:${query?.ports.http}${request}`);
        const json = 'application/json';
        const ours = comparableBody(json, await response.text());
        expect(ours).toEqual(comparableBody(json, JSON.stringify(body)));
        expect(response.status).toBe(status);
      },
    );
  }
});

/** Puts the recorded documents where the collector had them, below a prefix, digit for digit. */
async function load(url: string, prefix: string): Promise<void> {
  const text = readFileSync(join(RECORDED, 'documents.json'), 'utf8');
  // JSON.parse would round the int64s; in these documents they are texts.
  const all = JSON.parse(text) as Record<string, (Document & { _source: unknown })[]>;
  const lines = ['spans-8', 'services-8'].flatMap((kind) =>
    (all[kind] ?? []).flatMap(({ _index, _id, _source }) => [
      { index: { _index: `${prefix}-${_index}`, _id } },
      _source,
    ]),
  );
  lines.push({ index: { _index: `${prefix}-jaeger-dependencies-2026-11-22` } }, DEPENDENCIES);
  const response = await fetch(`${url}/_bulk?refresh=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  });
  expect(await response.json()).toMatchObject({ errors: false });
}
