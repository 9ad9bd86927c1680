import type { Span } from '@spoor/model';
import { type StoredBatch, storedSpans } from '@spoor/storage-api';
import { int, RICH, type SampleSpan, sampleBatch, sampleQuery, text } from '@spoor/storage-testkit';
import { encodeBinaryBatch, openBatch } from '@spoor/wire';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ElasticsearchStore, openElasticsearchStore } from './elasticsearch-store.ts';
import {
  ask,
  describeWithServer,
  newPrefix,
  removeAll,
  testOptions,
} from './testing/test-server.ts';

const TRACE_OF_FLAGS = '00000000000000f1';

function many(count: number): SampleSpan {
  const tags = Array.from({ length: count }, (_, i) => int(`key-${i}`, BigInt(i)));
  return { ...RICH, tags };
}

async function writtenAndRead(store: ElasticsearchStore, stored: StoredBatch) {
  await store.writer.write(stored);
  const spans = storedSpans(stored);
  return { spans, trace: await store.reader.trace(spans[0]?.traceId ?? '') };
}

describeWithServer('documents', () => {
  let prefix = '';
  let store: ElasticsearchStore;
  beforeAll(async () => {
    prefix = newPrefix();
    store = await openElasticsearchStore(testOptions(prefix));
  });
  afterAll(async () => {
    await store.close();
    await removeAll(prefix);
  });

  it("leave the mapping as Jaeger's template makes it", async () => {
    await store.writer.write(sampleBatch({ spans: [RICH] }));
    type Mappings = Record<string, { mappings: { properties: object } }>;
    const mappings = await ask<Mappings>('GET', `/${prefix}-jaeger-span-*/_mapping`);
    const [mapping] = Object.values(mappings);
    expect(Object.keys(mapping?.mappings.properties ?? {}).sort()).toEqual([
      'duration',
      'flags',
      'logs',
      'operationName',
      'parentSpanID',
      'process',
      'references',
      'spanID',
      'startTime',
      'startTimeMillis',
      'tag',
      'tags',
      'traceID',
    ]);
  });

  it('flags of 32 bits are stored, beside those of any other span', async () => {
    const stored = sampleBatch({ spans: [{ traceId: TRACE_OF_FLAGS }] });
    const [span] = storedSpans(stored);
    const spans = [0, 1, 0x7fff_ffff, 0x8000_0001].map((flags) => ({ ...(span as Span), flags }));
    const bytes = encodeBinaryBatch({ serviceName: 'frontend', tags: [] }, spans);
    const batch = openBatch('jaeger-thrift-binary', bytes);
    const { spans: written, trace } = await writtenAndRead(store, { ...stored, batch });
    expect(written.map(({ flags }) => flags)).toEqual([0, 1, 0x7fff_ffff, 0x8000_0001]);
    expect(trace?.spans).toEqual(written);
  });

  it('a span with more tags than a document may have is stored beside the others of its batch', async () => {
    const spans = [
      { ...many(12_000), traceId: '00000000000000a1' },
      { traceId: '00000000000000a1' },
    ];
    const { spans: written, trace } = await writtenAndRead(store, sampleBatch({ spans }));
    expect(trace?.spans).toEqual(written);
  });
});

describeWithServer('tags as fields', () => {
  let prefix = '';
  let store: ElasticsearchStore;
  beforeAll(async () => {
    prefix = newPrefix();
    const tagsAsFields = { all: true };
    const names = { indexDateSeparator: '.', spanRollover: 'hour' } as const;
    store = await openElasticsearchStore({ ...testOptions(prefix), ...names, tagsAsFields });
  });
  afterAll(async () => {
    await store.close();
    await removeAll(prefix);
  });

  it('are found by key and value, and come back', async () => {
    const { spans, trace } = await writtenAndRead(store, sampleBatch({ spans: [RICH] }));
    const byKey = (tags: readonly { key: string }[]) =>
      tags.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(byKey(trace?.spans[0]?.tags ?? [])).toEqual(byKey(spans[0]?.tags ?? []));
    for (const [key, value] of [
      ['span.kind', 'client'],
      ['int', String(2n ** 62n + 1n)],
      ['float', '0.1'],
      ['bool', 'true'],
      ['binary', '010203'],
      ['span.kind', 'cl.*'],
    ] as const) {
      const found = await store.reader.findTraceIds(sampleQuery({ tags: { [key]: value } }));
      expect(found, `${key}=${value}`).toEqual([RICH.traceId]);
    }
    expect(await store.reader.findTraceIds(sampleQuery({ tags: { bool: 'false' } }))).toEqual([]);
  });

  it('that are more than an index may have fields stay a list', async () => {
    const span = { ...many(1500), traceId: '00000000000000b1' };
    const { spans, trace } = await writtenAndRead(store, sampleBatch({ spans: [span] }));
    expect(trace?.spans).toEqual(spans);
    const query = sampleQuery({ tags: { 'key-1400': '1400' } });
    expect(await store.reader.findTraceIds(query)).toEqual([span.traceId]);
  });

  it('what is no regular expression is found as it stands', async () => {
    const span = { traceId: '00000000000000b2', tags: [text('odd', '[a{')] };
    await store.writer.write(sampleBatch({ spans: [span] }));
    const query = sampleQuery({ tags: { odd: '[a{' } });
    expect(await store.reader.findTraceIds(query)).toEqual([span.traceId]);
  });

  it('indices are named by the hour of the span', async () => {
    const indices = await ask<{ index: string }[]>(
      'GET',
      `/_cat/indices/${prefix}-jaeger-*?format=json`,
    );
    expect(indices.map(({ index }) => index).sort()).toEqual([
      `${prefix}-jaeger-service-2026.11.22`,
      `${prefix}-jaeger-span-2026.11.22.20`,
    ]);
  });
});
