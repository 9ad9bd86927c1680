import type { Span, Trace, TraceId } from '@spoor/model';
import { type Arrivals, StorageError, type StoredBatch, type TraceQuery } from '@spoor/storage-api';
import type { Dialect } from './dialect.ts';
import { idsOf, spansIn, tracesOf } from './received-traces.ts';
import type { Methods } from './services.ts';
import { arrivalsRequest, traceQueryMessage, writeBatchRequest } from './spoor-messages.ts';
import type { StorageConnection } from './storage-connection.ts';

interface ArrivalsChunk {
  readonly spans: Uint8Array;
  readonly cursor?: string;
}

/** `spoor.storage.v1`: says all that our contract has. */
export class SpoorDialect implements Dialect {
  private readonly connection: StorageConnection;
  private readonly methods: Methods['own'];

  constructor(connection: StorageConnection, methods: Methods) {
    this.connection = connection;
    this.methods = methods.own;
  }

  async check(): Promise<void> {
    await this.connection.unary(this.methods.check, {});
  }

  async write(stored: StoredBatch): Promise<void> {
    await this.connection.write(this.methods.writeBatch, writeBatchRequest(stored));
  }

  findTraces(query: TraceQuery): Promise<Trace[]> {
    const request = traceQueryMessage(query);
    return tracesOf(this.connection.serverStream(this.methods.findTraces, request));
  }

  async findTraceIds(query: TraceQuery): Promise<TraceId[]> {
    const { findTraceIds } = this.methods;
    const { traceIds } = await this.connection.unary<{ traceIds: readonly Uint8Array[] }>(
      findTraceIds,
      traceQueryMessage(query),
    );
    return idsOf(traceIds);
  }

  async arrivals(cursor: string | undefined, limit: number): Promise<Arrivals> {
    const request = arrivalsRequest(cursor, limit);
    const chunks = this.connection.serverStream<ArrivalsChunk>(this.methods.arrivals, request);
    const spans: Span[] = [];
    for await (const chunk of chunks) {
      for (const span of spansIn(chunk.spans)) spans.push(span);
      if (chunk.cursor !== undefined) return { spans, cursor: chunk.cursor };
    }
    throw new StorageError('unavailable', '[grpc] the server gave no cursor');
  }
}
