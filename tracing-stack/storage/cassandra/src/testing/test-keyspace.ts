import { Client, policies } from 'cassandra-driver';
import { inject } from 'vitest';
import { openCassandraStore } from '../cassandra-store.ts';
import type { CassandraStoreOptions } from '../store-options.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `HOST:PORT` of a Cassandra for the tests, or why there is none. */
    cassandra: { readonly address: string } | { readonly missing: string };
  }
}

/** A keyspace of its own on the server of the tests, and what tests do to it behind the store's back. */
export class TestKeyspace {
  readonly name: string;
  readonly client: Client;
  private readonly address: string;

  private constructor(address: string, name: string) {
    this.address = address;
    this.name = name;
    this.client = new Client({
      contactPoints: [address],
      policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
      encoding: { useBigIntAsLong: true },
      queryOptions: { prepare: true },
    });
  }

  /** `undefined` where there is no server. */
  static open(name: string): TestKeyspace | undefined {
    const server = inject('cassandra');
    return 'address' in server ? new TestKeyspace(server.address, name) : undefined;
  }

  options(options: CassandraStoreOptions = {}): CassandraStoreOptions {
    return { servers: [this.address], keyspace: this.name, createSchema: true, ...options };
  }

  openStore(options: CassandraStoreOptions = {}) {
    return openCassandraStore(this.options(options));
  }

  async tables(): Promise<string[]> {
    const { rows } = await this.client.execute(
      'SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?',
      [this.name],
    );
    return rows.map((row) => String(row['table_name']));
  }

  /** Empties every table that holds anything. */
  async truncate(): Promise<void> {
    for (const table of await this.tables()) {
      const { rowLength } = await this.client.execute(
        `SELECT * FROM ${this.name}.${table} LIMIT 1`,
      );
      if (rowLength > 0) await this.client.execute(`TRUNCATE ${this.name}.${table}`);
    }
  }

  async drop(): Promise<void> {
    await this.client.execute(`DROP KEYSPACE IF EXISTS ${this.name}`);
    await this.client.shutdown();
  }
}
