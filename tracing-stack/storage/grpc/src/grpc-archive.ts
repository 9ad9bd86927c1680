import { status } from '@grpc/grpc-js';
import { type Trace, type TraceId, traceIdToBytes } from '@spoor/model';
import {
  type ArchiveStore,
  type Calling,
  type SpanReader,
  type SpanWriter,
  type StoredBatch,
  storedSpans,
} from '@spoor/storage-api';
import { encodeSpanChunks } from '@spoor/wire';
import { statusOf } from './answer-error.ts';
import { traceOf } from './received-traces.ts';
import type { Methods } from './services.ts';
import { ONE_SPAN, sendOneByOne } from './span-by-span.ts';
import type { StorageConnection } from './storage-connection.ts';

/** The archive of the store in another process, by Jaeger's protocol: span by span. A server without one holds nothing. */
export class GrpcArchive implements ArchiveStore {
  readonly writer: SpanWriter = { write: (stored) => this.calling(() => this.write(stored)) };
  readonly reader: Pick<SpanReader, 'trace'> = {
    trace: (traceId) => this.calling(() => this.trace(traceId)),
  };
  private readonly connection: StorageConnection;
  private readonly methods: Methods;
  private readonly calling: Calling;

  constructor(connection: StorageConnection, methods: Methods, calling: Calling) {
    this.connection = connection;
    this.methods = methods;
    this.calling = calling;
  }

  private async write(stored: StoredBatch): Promise<void> {
    const requests = [...encodeSpanChunks(storedSpans(stored), ONE_SPAN)];
    await sendOneByOne(this.connection, this.methods.writeArchiveSpan, requests);
  }

  private async trace(traceId: TraceId): Promise<Trace | undefined> {
    const request = { traceId: traceIdToBytes(traceId) };
    const { getArchiveTrace } = this.methods;
    try {
      return await traceOf(traceId, this.connection.serverStream(getArchiveTrace, request));
    } catch (error) {
      if (statusOf(error) === status.UNIMPLEMENTED) return undefined;
      throw error;
    }
  }
}
