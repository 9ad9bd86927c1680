import type { Trace, TraceId } from '@spoor/model';
import {
  closeDeadline,
  type Logger,
  silentLogger,
  systemClock,
  tlsConnection,
  UserError,
  WRITE_WITHIN_MS,
} from '@spoor/platform';
import {
  type Arrivals,
  type Calling,
  OpenCalls,
  type Operation,
  type OperationQuery,
  type SamplingStore,
  type SpanReader,
  type SpanStore,
  type SpanWriter,
  type TraceQuery,
} from '@spoor/storage-api';
import { CassandraArchive } from './archive/cassandra-archive.ts';
import { closedError, Session } from './connection/session.ts';
import { CassandraCallSource } from './dependencies/call-source.ts';
import { CassandraDependencies } from './dependencies/cassandra-dependencies.ts';
import { CassandraReader } from './reading/cassandra-reader.ts';
import { RowReader } from './reading/row-reader.ts';
import { CassandraSampling } from './sampling/cassandra-sampling.ts';
import { OwnTables } from './schema/own-tables.ts';
import { keyspaceStatement } from './schema/schema.ts';
import { SELECT_ANY_SERVICE } from './statements/select-names.ts';
import { reportCounts, type StoreCounts } from './store-counts.ts';
import {
  type ArchiveOptions,
  CASSANDRA_DEFAULTS,
  type CassandraOptions,
  type CassandraStoreOptions,
} from './store-options.ts';
import { CassandraWriter } from './writing/span-writer.ts';

export interface CassandraStore extends SpanStore {
  readonly counts: Readonly<StoreCounts>;
}

/** Whose they are and what their flags begin with. */
const TLS = ['cassandra', 'cassandra.tls'] as const;
const MAX_BYTES_UNDER_WAY = 64 * 1024 * 1024;

/**
 * A span store in Cassandra, in the tables of Jaeger's own programs. Opening it needs no server: calls answer `unavailable`,
 * with the reason, until there is one. Throws `UserError` for a TLS file that cannot be read, and for a keyspace that cannot
 * be one.
 */
export async function openCassandraStore(
  options: CassandraStoreOptions = {},
): Promise<CassandraStore> {
  const filled = { ...CASSANDRA_DEFAULTS, ...options };
  keyspaceStatement({ ...filled, dataCenter: '' });
  const { logger = silentLogger } = options;
  const session = new Session(filled, await tlsConnection(...TLS, filled.tls), logger);
  const archive = options.archive && (await archiveSession(filled, options.archive, logger));
  const store = new OpenCassandraStore(session, archive, { ...filled, logger });
  // Connects, and makes what it is to make, before somebody waits for it.
  store.check().catch((error: Error) => {
    logger.warn({ reason: error.message }, 'Cassandra cannot be had yet');
  });
  return store;
}

/** Throws `UserError` for the keyspace in which the spans are that expire. */
async function archiveSession(
  store: CassandraOptions,
  options: Partial<ArchiveOptions>,
  logger: Logger,
): Promise<Session> {
  const filled = { ...store, ...options, traceTtl: 0 };
  keyspaceStatement({ ...filled, dataCenter: '' });
  if (filled.keyspace === store.keyspace && filled.servers.join() === store.servers.join()) {
    const text = `the archive needs another keyspace than ${store.keyspace}, where spans expire`;
    throw new UserError('bad-flag', `[cassandra] ${text}`);
  }
  return new Session(filled, await tlsConnection(...TLS, filled.tls), logger);
}

class OpenCassandraStore implements CassandraStore {
  readonly reader: SpanReader;
  readonly writer: SpanWriter;
  readonly sampling: SamplingStore;
  declare readonly archive?: CassandraArchive;
  readonly dependencies: CassandraDependencies;
  readonly counts: StoreCounts = { unreadableRows: 0, unindexedRows: 0, leftSpans: 0 };
  private readonly session: Session;
  private readonly archiveSession: Session | undefined;
  private readonly calls = new OpenCalls(closedError);
  private closing: Promise<void> | undefined;

  constructor(
    session: Session,
    archiveSession: Session | undefined,
    options: typeof CASSANDRA_DEFAULTS & CassandraStoreOptions & { readonly logger: Logger },
  ) {
    const { clock = systemClock, logger, maxBytesUnderWay = MAX_BYTES_UNDER_WAY } = options;
    this.session = session;
    this.archiveSession = archiveSession;
    const { counts } = this;
    const tables = new OwnTables(session, clock);
    const { writeWithinMs = WRITE_WITHIN_MS } = options;
    const parts = { session, tables, options, counts, clock, maxBytesUnderWay, writeWithinMs };
    const writer = new CassandraWriter(parts);
    const { calling } = this.calls;
    this.writer = { write: (stored) => calling(() => writer.write(stored)) };
    const rows = new RowReader(session, counts, logger);
    this.reader = new OpenReader(new CassandraReader(session, tables, rows), calling);
    this.sampling = new CassandraSampling(session, calling);
    const calls = new CassandraCallSource({ session, tables, rows, calling });
    this.dependencies = new CassandraDependencies(session, calls, calling);
    if (archiveSession) {
      const archived = new RowReader(archiveSession, counts, logger);
      this.archive = new CassandraArchive({
        session: archiveSession,
        rows: archived,
        calling,
        clock,
      });
    }
    if (options.metrics) reportCounts(counts, options.metrics);
  }

  check(): Promise<void> {
    return this.calls.asking(() => this.session.answers(SELECT_ANY_SERVICE));
  }

  close(deadline = closeDeadline()): Promise<void> {
    this.closing ??= this.end(deadline);
    return this.closing;
  }

  private async end(deadline: AbortSignal): Promise<void> {
    await this.calls.end(deadline);
    await Promise.all([this.session.close(deadline), this.archiveSession?.close(deadline)]);
  }
}

/** A reader of an open store: once that is closed, every call says so. */
class OpenReader implements SpanReader {
  private readonly reader: SpanReader;
  private readonly calling: Calling;

  constructor(reader: SpanReader, calling: Calling) {
    this.reader = reader;
    this.calling = calling;
  }

  services(): Promise<string[]> {
    return this.calling(() => this.reader.services());
  }

  operations(query: OperationQuery): Promise<Operation[]> {
    return this.calling(() => this.reader.operations(query));
  }

  trace(traceId: TraceId): Promise<Trace | undefined> {
    return this.calling(() => this.reader.trace(traceId));
  }

  findTraces(query: TraceQuery): Promise<Trace[]> {
    return this.calling(() => this.reader.findTraces(query));
  }

  findTraceIds(query: TraceQuery): Promise<TraceId[]> {
    return this.calling(() => this.reader.findTraceIds(query));
  }

  arrivals(cursor: string | undefined, limit: number): Promise<Arrivals> {
    return this.calling(() => this.reader.arrivals(cursor, limit));
  }
}
