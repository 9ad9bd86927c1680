import { Client, type ClientOptions, policies } from 'cassandra-driver';
import { inject } from 'vitest';
import { openCassandraStore } from '../cassandra-store.ts';
import type { CassandraStoreOptions } from '../store-options.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `HOST:PORT` of a Cassandra for the tests, or why there is none. */
    cassandra: { readonly address: string } | { readonly missing: string };
  }
}

/** Where a server is that lets in only who shows what it asks for. */
export interface SecuredServer {
  readonly address: string;
  /** For our store. */
  readonly options: CassandraStoreOptions;
  /** For the client that goes behind its back. */
  readonly client: Partial<ClientOptions>;
}

/** A keyspace of its own on the server of the tests, and what tests do to it behind the store's back. */
export class TestKeyspace {
  readonly name: string;
  readonly client: Client;
  private readonly server: Omit<SecuredServer, 'client'>;

  private constructor({ client, ...server }: SecuredServer, name: string) {
    this.server = server;
    this.name = name;
    this.client = new Client({
      contactPoints: [server.address],
      policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
      encoding: { useBigIntAsLong: true },
      queryOptions: { prepare: true },
      ...client,
    });
  }

  /** `undefined` where there is no server. */
  static open(name: string): TestKeyspace | undefined {
    const server = inject('cassandra');
    if (!('address' in server)) return undefined;
    return new TestKeyspace({ ...server, options: {}, client: {} }, name);
  }

  static on(server: SecuredServer, name: string): TestKeyspace {
    return new TestKeyspace(server, name);
  }

  options(options: CassandraStoreOptions = {}): CassandraStoreOptions {
    const { address, options: secured } = this.server;
    const own = { servers: [address], keyspace: this.name, createSchema: true };
    return { ...own, ...secured, ...options };
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
