import type { Trace, TraceId } from '@spoor/model';
import type {
  Arrivals,
  Operation,
  OperationQuery,
  SpanReader,
  TraceQuery,
} from '@spoor/storage-api';
import { compareOperations } from '@spoor/storage-api/search';
import type { Session } from '../connection/session.ts';
import { isKey } from '../rows/key-length.ts';
import { answeredKind } from '../rows/span-kind.ts';
import type { OwnTables } from '../schema/own-tables.ts';
import { SELECT_OPERATIONS, SELECT_SERVICES } from '../statements/select-names.ts';
import { readArrivals } from './arrivals.ts';
import { firstThere } from './first-there.ts';
import type { RowReader } from './row-reader.ts';
import { searchTraceIds } from './trace-search.ts';

/** Answers from Jaeger's tables, and from ours where they are. */
export class CassandraReader implements SpanReader {
  private readonly session: Session;
  private readonly tables: OwnTables;
  private readonly rows: RowReader;

  constructor(session: Session, tables: OwnTables, rows: RowReader) {
    this.session = session;
    this.tables = tables;
    this.rows = rows;
  }

  async services(): Promise<string[]> {
    const names: string[] = [];
    for await (const { service_name } of this.session.rows(SELECT_SERVICES, {})) {
      names.push(service_name);
    }
    return names.sort();
  }

  async operations({ serviceName, spanKind }: OperationQuery): Promise<Operation[]> {
    if (!isKey([serviceName])) return [];
    const operations = new Map<string, Operation>();
    const rows = this.session.rows(SELECT_OPERATIONS, { service_name: serviceName });
    for await (const { span_kind, operation_name: name } of rows) {
      const operation = { name, spanKind: answeredKind(span_kind) };
      if (spanKind !== undefined && operation.spanKind !== spanKind) continue;
      operations.set(JSON.stringify([operation.spanKind, name]), operation);
    }
    return [...operations.values()].sort(compareOperations);
  }

  trace(traceId: TraceId): Promise<Trace | undefined> {
    return this.rows.trace(traceId);
  }

  findTraces(query: TraceQuery): Promise<Trace[]> {
    return this.find(query, (id) => this.rows.trace(id));
  }

  async findTraceIds(query: TraceQuery): Promise<TraceId[]> {
    return this.find(query, async (id) => ((await this.rows.isThere(id)) ? id : undefined));
  }

  async arrivals(cursor: string | undefined, limit: number): Promise<Arrivals> {
    const { arrivals } = await this.tables.there();
    return readArrivals({ session: this.session, rows: this.rows, arrivals }, cursor, limit);
  }

  private async find<T>(
    query: TraceQuery,
    read: (id: TraceId) => Promise<T | undefined>,
  ): Promise<T[]> {
    const { startIndex } = await this.tables.there();
    const services = query.serviceName === undefined ? await this.services() : [query.serviceName];
    const parts = { session: this.session, rows: this.rows, startIndex };
    const search = (limit: number) => searchTraceIds(parts, services, { ...query, limit });
    return firstThere(query.limit, search, read);
  }
}
