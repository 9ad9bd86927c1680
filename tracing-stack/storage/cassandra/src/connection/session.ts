import { endsBefore, InFlight, type Logger, passed } from '@spoor/platform';
import { StorageError } from '@spoor/storage-api';
import { Client, type ClientOptions } from 'cassandra-driver';
import { createSchema } from '../schema/create-schema.ts';
import type { Select, Write } from '../statements/statement.ts';
import type { CassandraOptions } from '../store-options.ts';
import { storageError } from './cassandra-error.ts';
import { sayHowDurable } from './commit-log.ts';
import { driverOptions } from './driver-options.ts';

/** Statements that are under way at once: more only wait in the server, where they cost more. */
const IN_FLIGHT = 128;
const PAGE = 1000;
const HAS_TABLE =
  'SELECT table_name FROM system_schema.tables WHERE keyspace_name = :keyspace_name AND table_name = :table_name';

export interface Page<R> {
  readonly rows: readonly R[];
  /** Where the next page begins, if there is one. */
  readonly next: string | undefined;
}

/**
 * The connection to the servers: made with the first call, and made anew by the next one after all of them were lost. Calls
 * reject with `StorageError`.
 */
export class Session {
  private readonly options: CassandraOptions;
  private readonly sslOptions: ClientOptions['sslOptions'];
  private readonly logger: Logger;
  private readonly inFlight = new InFlight(IN_FLIGHT);
  private client: Promise<Client> | undefined;
  /** What `client` became. */
  private current: Client | undefined;
  private readonly closing = new AbortController();
  /** Rejects when the session is closed. */
  private readonly closed: Promise<never>;

  constructor(options: CassandraOptions, sslOptions: ClientOptions['sslOptions'], logger: Logger) {
    this.options = options;
    this.sslOptions = sslOptions;
    this.logger = logger;
    this.closed = passed(this.closing.signal).then(() => Promise.reject(closedError()));
    // It is for calls that wait, of which there need be none.
    this.closed.catch(() => undefined);
  }

  async page<P extends object, R extends object>(
    { cql }: Select<P, R>,
    parameters: P,
    { from, size = PAGE }: { readonly from?: string | undefined; readonly size?: number } = {},
  ): Promise<Page<R>> {
    const paging = from === undefined ? { fetchSize: size } : { fetchSize: size, pageState: from };
    const { rows, pageState } = await this.run((client) => client.execute(cql, parameters, paging));
    return { rows: rows as unknown as R[], next: pageState ?? undefined };
  }

  /** Every row of the answer; the next page is asked for when somebody wants it. */
  async *rows<P extends object, R extends object>(
    select: Select<P, R>,
    parameters: P,
    size = PAGE,
  ): AsyncGenerator<R> {
    let from: string | undefined;
    do {
      const page: Page<R> = await this.page(select, parameters, { from, size });
      yield* page.rows;
      from = page.next;
    } while (from !== undefined);
  }

  /** The answer without paging, to statements that cannot have it, or need none. */
  async all<P extends object, R extends object>(
    { cql }: Select<P, R>,
    parameters: P,
  ): Promise<readonly R[]> {
    const { rows } = await this.run((client) => client.execute(cql, parameters, { fetchSize: 0 }));
    return rows as unknown as R[];
  }

  /** Writes rows of one partition: all of them, or none. */
  async write<P extends object>({ cql }: Write<P>, rows: readonly P[]): Promise<void> {
    const [first] = rows;
    if (first === undefined) return;
    await this.run((client) =>
      rows.length === 1
        ? client.execute(cql, first)
        : client.batch(
            rows.map((params) => ({ query: cql, params })),
            { logged: false },
          ),
    );
  }

  /**
   * Whether the keyspace has a table. Who makes tables has made it when it is connected. The driver is not asked: it hears
   * of tables late, and what is written meanwhile would be in none of ours.
   */
  async hasTable(name: string): Promise<boolean> {
    const { createSchema: creates, keyspace } = this.options;
    if (creates) {
      await this.run(async () => undefined);
      return true;
    }
    const { rowLength } = await this.run((client) =>
      client.execute(HAS_TABLE, { keyspace_name: keyspace, table_name: name }),
    );
    return rowLength > 0;
  }

  /** Resolves if the server answers this, whatever else waits for it. */
  async answers({ cql }: Select<object, object>): Promise<void> {
    await this.callNow((client) => client.execute(cql));
  }

  private run<T>(call: (client: Client) => Promise<T>): Promise<T> {
    return this.inFlight.run(() => this.callNow(call));
  }

  private async callNow<T>(call: (client: Client) => Promise<T>): Promise<T> {
    const client = await this.connected();
    try {
      return await call(client);
    } catch (error) {
      this.forget(client);
      throw storageError(error);
    }
  }

  private async connected(): Promise<Client> {
    if (this.closing.signal.aborted) throw closedError();
    // A server that says nothing is not waited for by who closes the session.
    this.client ??= Promise.race([this.connect(), this.closed]);
    try {
      return await this.client;
    } catch (error) {
      this.client = undefined;
      throw storageError(error);
    }
  }

  private async connect(): Promise<Client> {
    const { createSchema: creates, keyspace, localDataCenter: dataCenter } = this.options;
    const client = new Client({
      ...driverOptions(this.options, this.sslOptions),
      ...(!creates && { keyspace }),
    });
    try {
      await client.connect();
      if (creates) await createSchema(client, { ...this.options, dataCenter });
    } catch (error) {
      await this.shutdown(client);
      throw error;
    }
    if (this.closing.signal.aborted) {
      await this.shutdown(client);
      throw closedError();
    }
    this.logger.info({ servers: this.options.servers, keyspace }, 'connected to Cassandra');
    await sayHowDurable(client, this.logger);
    this.current = client;
    return client;
  }

  /**
   * A client that has lost every server tries them again at its own pace, which is slower the longer they were away. The next
   * call begins with a new one.
   */
  private forget(client: Client): void {
    if (client !== this.current || client.getState().getConnectedHosts().length > 0) return;
    this.client = undefined;
    this.current = undefined;
    this.logger.warn({ servers: this.options.servers }, 'lost every Cassandra server');
    void this.shutdown(client);
  }

  private async shutdown(client: Client): Promise<void> {
    try {
      await client.shutdown();
    } catch (error) {
      this.logger.debug({ err: error }, 'a lost connection to Cassandra could not be closed');
    }
  }

  /** Calls that wait for a connection reject. One that is being made is given up, and shut down if it comes about. */
  async close(deadline: AbortSignal): Promise<void> {
    this.closing.abort();
    const { current } = this;
    this.client = undefined;
    this.current = undefined;
    if (current) await endsBefore(deadline, this.shutdown(current));
  }
}

export function closedError(): StorageError {
  return new StorageError('closed', '[cassandra] the store is closed');
}
