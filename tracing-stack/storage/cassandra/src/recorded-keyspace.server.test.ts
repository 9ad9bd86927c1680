import { cassandraAnswers, cassandraSchema, type RecordedAnswer } from '@spoor/fixtures';
import { parseGoDuration, parseTraceId } from '@spoor/model';
import type { TraceQuery } from '@spoor/storage-api';
import { sampleBatch } from '@spoor/storage-testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CassandraStore } from './cassandra-store.ts';
import { inKeyspace, recordKeyspace } from './testing/record-keyspace.ts';
import { TestKeyspace } from './testing/test-keyspace.ts';

const theirs = TestKeyspace.open('spoor_theirs');
const ours = TestKeyspace.open('spoor_ours');

/** What a recorded search asked for, if it was one. */
function askedFor({ request }: RecordedAnswer): TraceQuery | undefined {
  const { searchParams } = new URL(request, 'http://localhost');
  const given = (name: string) => searchParams.get(name) ?? undefined;
  const serviceName = given('service');
  if (!request.startsWith('/api/traces?') || serviceName === undefined) return undefined;
  const operationName = given('operation');
  const [durationMin, durationMax] = [given('minDuration'), given('maxDuration')];
  return {
    serviceName,
    tags: new Map(Object.entries(JSON.parse(given('tags') ?? '{}'))),
    startTimeMin: Number(given('start')),
    startTimeMax: Number(given('end')),
    limit: Number(given('limit') ?? 100),
    ...(operationName !== undefined && { operationName }),
    ...(durationMin !== undefined && { durationMin: parseGoDuration(durationMin) }),
    ...(durationMax !== undefined && { durationMax: parseGoDuration(durationMax) }),
  };
}

const searches = cassandraAnswers().flatMap((answer) => {
  const query = askedFor(answer);
  return query === undefined ? [] : [{ ...answer, query }];
});

describe.skipIf(theirs === undefined)('a keyspace that the real collector wrote', () => {
  let store: CassandraStore;
  beforeAll(async () => {
    if (theirs === undefined) return;
    await recordKeyspace(theirs);
    store = await theirs.openStore({ createSchema: false });
  });
  afterAll(async () => {
    await store?.close();
    await theirs?.drop();
  });

  it.each(searches.filter(({ status, query }) => status === 200 && query.limit > 1))(
    '$name: finds what jaeger-query found',
    async ({ query, body }) => {
      const { data } = JSON.parse(body) as { data: { traceID: string }[] };
      const found = data.map(({ traceID }) => parseTraceId(traceID));
      expect((await store.reader.findTraceIds(query)).sort()).toEqual(found.sort());
      const traces = await store.reader.findTraces(query);
      expect(traces.map(({ traceId }) => traceId).sort()).toEqual(found);
    },
  );

  it('the limit takes the newest, where jaeger-query takes any', async () => {
    const limited =
      searches.find(({ query }) => query.limit === 1) ?? expect.fail('no such search');
    const found = await store.reader.findTraceIds(limited.query);
    expect(found).toEqual(['00f7651916cd43dd0048eb211c80319e']);
  });

  it('a duration and tags together are answered, where jaeger-query answers 500', async () => {
    const refused = searches.filter(({ status }) => status === 500);
    expect(refused.map(({ name }) => name)).toEqual(['find_duration_and_tags']);
    for (const { query } of refused) {
      const found = ['0af7651916cd43dd8448eb211c80319c'];
      expect(await store.reader.findTraceIds(query)).toEqual(found);
      expect(await store.reader.findTraceIds({ ...query, durationMin: 25_000 })).toEqual([]);
    }
  });

  it('services and operations are there', async () => {
    expect(await store.reader.services()).toEqual([
      'formatter',
      'greeter',
      'hello-client',
      'jaeger-client-node',
    ]);
    expect(await store.reader.operations({ serviceName: 'hello-client' })).toEqual([
      { name: 'formatString', spanKind: 'client' },
      { name: 'leading-zeros', spanKind: '' },
      { name: 'say-hello', spanKind: 'server' },
      { name: 'short-ids', spanKind: 'internal' },
    ]);
  });

  it('warnings are warnings, and 64-bit values exact', async () => {
    const trace = await store.reader.trace('8448eb211c80319d');
    expect(trace?.spans.map(({ warnings }) => warnings)).toEqual([
      ['clock skew adjusted', 'second warning'],
    ]);
    const spans = (await store.reader.trace('0af7651916cd43dd8448eb211c80319c'))?.spans ?? [];
    const values = spans.flatMap(({ tags }) => tags.map(({ value }) => value));
    expect(values).toContain(9007199254740993n);
  });

  it('is written to without our tables: found by all but arrivals, which say what is missing', async () => {
    const batch = sampleBatch({ service: 'later', spans: [{ traceId: '00000000000000fe' }] });
    await store.writer.write(batch);
    const { startTimeMin, startTimeMax } = { startTimeMin: 0, startTimeMax: Date.now() * 1000 };
    const query = { serviceName: 'later', tags: new Map(), startTimeMin, startTimeMax, limit: 9 };
    expect(await store.reader.findTraceIds(query)).toEqual(['00000000000000fe']);
    await expect(store.reader.arrivals(undefined, 1)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('--cassandra.create-schema'),
    });
  });

  it('is given our tables when that is asked for, and keeps what it has', async () => {
    const creating = await theirs?.openStore();
    await creating?.writer.write(sampleBatch({ spans: [{ traceId: '00000000000000ff' }] }));
    const arrived = await creating?.reader.arrivals(undefined, 9);
    expect(arrived?.spans.map(({ traceId }) => traceId)).toEqual(['00000000000000ff']);
    expect(await creating?.reader.services()).toContain('hello-client');
    await creating?.close();
  });
});

describe.skipIf(ours === undefined)('a keyspace that we make', () => {
  beforeAll(async () => {
    if (ours === undefined || theirs === undefined) return;
    await ours.client.execute(`DROP KEYSPACE IF EXISTS ${ours.name}`);
    for (const cql of cassandraSchema()) {
      await ours.client.execute(inKeyspace(cql, `${ours.name}_recorded`));
    }
  });
  afterAll(async () => {
    await ours?.client.execute(`DROP KEYSPACE IF EXISTS ${ours.name}_recorded`);
    await ours?.drop();
  });

  it.each([
    ['columns', 'column_name, kind, position, type, clustering_order'],
    ['types', 'type_name, field_names, field_types'],
    ['tables', 'default_time_to_live, gc_grace_seconds, speculative_retry, compaction'],
  ])("has Jaeger's %s as its own job makes them", async (table, what) => {
    const store = await ours?.openStore();
    await store?.check();
    await store?.close();
    const key = table === 'types' ? 'type_name' : 'table_name';
    async function described(keyspace: string): Promise<object[]> {
      const { rows } = (await ours?.client.execute(
        `SELECT ${key} AS name, ${what} FROM system_schema.${table} WHERE keyspace_name = ?`,
        [keyspace],
      )) ?? { rows: [] };
      return rows.map((row) => ({ ...row })).filter(({ name }) => !name.startsWith('spoor_'));
    }
    const made = await described(ours?.name ?? '');
    expect(made.length).toBeGreaterThan(4);
    expect(made).toEqual(await described(`${ours?.name}_recorded`));
  });
});
