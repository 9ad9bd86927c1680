import { cassandraAnswers } from '@spoor/fixtures';
import { createLogger, createMetrics } from '@spoor/platform';
import { type Query, startQuery } from '@spoor/query';
import type { SpanStore } from '@spoor/storage-api';
import { recordKeyspace, TestKeyspace } from '@spoor/storage-cassandra/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparableBody } from '../comparable-answer.ts';

const keyspace = TestKeyspace.open('spoor_contract');

/** What ours answers otherwise, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  dependencies: 'the row that is recorded was written 33 s after Jaeger was asked, ours finds it',
  find_duration_and_tags: 'Jaeger answers 500, ours finds them',
  find_limit1: 'Jaeger takes any trace, ours the newest',
};

describe.skipIf(keyspace === undefined)('what a real jaeger-collector stored', () => {
  let store: SpanStore | undefined;
  let query: Query | undefined;

  beforeAll(async () => {
    if (keyspace === undefined) return;
    await recordKeyspace(keyspace);
    store = await keyspace.openStore({ createSchema: false });
    query = await startQuery({
      http: { host: '127.0.0.1', port: 0 },
      store,
      logger: createLogger({ name: 'contract', level: 'silent' }),
      metrics: createMetrics(),
    });
  });
  afterAll(async () => {
    await query?.close();
    await store?.close();
    await keyspace?.drop();
  });

  async function ask(request: string): Promise<[status: number, body: unknown]> {
    const response = await fetch(`http://127.0.0.1:${query?.ports.http}${request}`);
    return [response.status, comparableBody('application/json', await response.text())];
  }

  for (const { name, request, status, body } of cassandraAnswers()) {
    const why = OTHERWISE[name];
    test.skipIf(why)(
      `is answered as a real jaeger-query does: ${name}${why ? ` (${why})` : ''}`,
      async () => {
        expect(await ask(request)).toEqual([status, comparableBody('application/json', body)]);
      },
    );
  }
});
