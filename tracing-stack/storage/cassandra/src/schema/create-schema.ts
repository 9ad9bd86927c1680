import type { Client } from 'cassandra-driver';
import { keyspaceStatement, quoted, type SchemaOptions, schemaParts } from './schema.ts';

/**
 * Makes the keyspace and what is missing in it. Looks first: Cassandra may tear tables apart that two make at once, and
 * where all is there nothing is made.
 */
export async function createSchema(client: Client, options: SchemaOptions): Promise<void> {
  const { keyspace } = options;
  const known = await client.execute(
    'SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?',
    [keyspace],
    { prepare: true },
  );
  if (known.rowLength === 0) await client.execute(keyspaceStatement(options));
  const there = await namesIn(client, keyspace);
  await client.execute(`USE ${quoted(keyspace)}`);
  for (const { kind, name, cql } of schemaParts(options)) {
    if (!there.has(`${kind} ${name}`)) await client.execute(cql);
  }
}

/** `table traces`, `type keyvalue` and so on. */
async function namesIn(client: Client, keyspace: string): Promise<Set<string>> {
  const names = new Set<string>();
  for (const kind of ['table', 'type'] as const) {
    const { rows } = await client.execute(
      `SELECT ${kind}_name AS name FROM system_schema.${kind}s WHERE keyspace_name = ?`,
      [keyspace],
      { prepare: true },
    );
    for (const { name } of rows as unknown as { readonly name: string }[]) {
      names.add(`${kind} ${name}`);
    }
  }
  return names;
}
