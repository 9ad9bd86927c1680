import { cassandraRows, cassandraSchema } from '@spoor/fixtures';
import { columns } from './recorded-columns.ts';
import type { TestKeyspace } from './test-keyspace.ts';

/** Makes the keyspace as Jaeger's own job did, with the rows that the real collector wrote. */
export async function recordKeyspace({ client, name }: TestKeyspace): Promise<void> {
  await client.execute(`DROP KEYSPACE IF EXISTS ${name}`);
  for (const cql of cassandraSchema()) await client.execute(inKeyspace(cql, name));
  for (const [table, rows] of Object.entries(cassandraRows())) {
    for (const row of rows) {
      const named = Object.entries(columns(row));
      const places = named.map(() => '?').join(', ');
      await client.execute(
        `INSERT INTO ${name}.${table} (${named.map(([column]) => column)}) VALUES (${places})`,
        named.map(([, value]) => value),
      );
    }
  }
}

/** A statement of the recorded schema, about another keyspace. */
export function inKeyspace(cql: string, name: string): string {
  return cql.replaceAll('jaeger_v1_test', name);
}
