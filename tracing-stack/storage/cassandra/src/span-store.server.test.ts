import { describeSpanStore, type KitStore } from '@spoor/storage-testkit';
import { afterAll, beforeAll, describe } from 'vitest';
import { TestKeyspace } from './testing/test-keyspace.ts';

const keyspace = TestKeyspace.open('spoor_kit');
const archived = TestKeyspace.open('spoor_kit_archive');

describe.skipIf(keyspace === undefined)('on a real Cassandra', () => {
  beforeAll(async () => {
    for (const one of [keyspace, archived]) {
      await one?.client.execute(`DROP KEYSPACE IF EXISTS ${one.name}`);
    }
  });
  afterAll(async () => {
    await keyspace?.drop();
    await archived?.drop();
  });

  describeSpanStore('the Cassandra store', async (): Promise<KitStore> => {
    if (keyspace === undefined || archived === undefined) throw new Error('no server');
    await keyspace.truncate();
    await archived.truncate();
    const archive = { keyspace: archived.name };
    let store = await keyspace.openStore({ archive });
    const other = await keyspace.openStore();
    return {
      store,
      otherReader: other.reader,
      async reopen() {
        await store.close();
        store = await keyspace.openStore({ archive });
        return store;
      },
      async spoilLastRecord() {
        await spoilNewest(keyspace);
      },
      unreadableRecords: () => store.counts.unreadableRows,
      async close() {
        await other.close();
        await store.close();
      },
    };
  }, [{ hook: 'unreadableRecords', reason: 'a batch is read before it is stored' }]);
});

/** Gives the newest span a tag of no type, and cuts the newest arrival. */
async function spoilNewest({ client, name }: TestKeyspace): Promise<void> {
  const spans = await client.execute(
    `SELECT trace_id, span_id, span_hash, writetime(start_time) AS arrived FROM ${name}.traces`,
  );
  const [newest] = spans.rows.sort((a, b) => Number(b['arrived'] - a['arrived']));
  await client.execute(
    `UPDATE ${name}.traces SET tags = [{key: 'bad', value_type: 'none'}]
     WHERE trace_id = ? AND span_id = ? AND span_hash = ?`,
    [newest?.['trace_id'], newest?.['span_id'], newest?.['span_hash']],
  );
  const arrivals = await client.execute(
    `SELECT writer, part, sequence FROM ${name}.spoor_arrivals`,
  );
  const [last] = arrivals.rows.sort((a, b) => Number(b['sequence'] - a['sequence']));
  await client.execute(
    `UPDATE ${name}.spoor_arrivals SET bytes = 0x00 WHERE writer = ? AND part = ? AND sequence = ?`,
    [last?.['writer'], last?.['part'], last?.['sequence']],
  );
}
