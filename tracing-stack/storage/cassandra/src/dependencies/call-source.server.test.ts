import { silentLogger } from '@spoor/platform';
import { NOON, sampleBatch } from '@spoor/storage-testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Session } from '../connection/session.ts';
import { RowReader } from '../reading/row-reader.ts';
import { OwnTables } from '../schema/own-tables.ts';
import { CASSANDRA_DEFAULTS } from '../store-options.ts';
import { TestKeyspace } from '../testing/test-keyspace.ts';
import { CassandraCallSource } from './call-source.ts';

const keyspace = TestKeyspace.open('spoor_calls');

describe.skipIf(keyspace === undefined)('the traces of a time, on a real Cassandra', () => {
  let session: Session;

  beforeAll(async () => {
    if (keyspace === undefined) return;
    session = new Session(
      { ...CASSANDRA_DEFAULTS, ...keyspace.options() },
      undefined,
      silentLogger,
    );
    const store = await keyspace.openStore();
    // A trace every 10 µs, each of two services that begin 25 µs apart: some go on in another part of the time.
    for (let i = 1; i <= 20; i++) {
      const traceId = `${i}`.padStart(16, '0');
      const spans = [10 * i, 10 * i + 25].map((start) => ({ traceId, start }));
      await store.writer.write(sampleBatch({ service: `service-${i % 3}`, spans }));
      await store.writer.write(sampleBatch({ service: 'other', spans: spans.slice(1) }));
    }
    await store.close();
  });
  afterAll(async () => {
    await session?.close(AbortSignal.timeout(5000));
    await keyspace?.drop();
  });

  it.each([1, 3, 7, 1000])('each comes once, with at most %i remembered', async (mostTraces) => {
    const counts = { unreadableRows: 0, unindexedRows: 0, leftSpans: 0 };
    const source = new CassandraCallSource({
      session,
      tables: new OwnTables(session, () => 0),
      rows: new RowReader(session, counts, silentLogger),
      calling: (call) => call(),
      mostTraces,
    });
    const found: string[] = [];
    for await (const { traceId, spans, isWhole } of source.traces(NOON + 35, NOON + 195)) {
      found.push(traceId);
      expect(spans).toHaveLength(3);
      expect(isWhole).toBe(true);
    }
    // The first that goes on at 35 µs is 1, and the last that begins before 195 µs is 19.
    const expected = Array.from({ length: 19 }, (_, i) => `${i + 1}`.padStart(16, '0'));
    expect(found.toSorted()).toEqual(expected);
  });
});
