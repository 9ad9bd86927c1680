import { status } from '@grpc/grpc-js';
import { type Trace, type TraceId, traceIdToBytes } from '@spoor/model';
import {
  type ArchiveStore,
  type SpanReader,
  type SpanWriter,
  type StoredBatch,
  storedSpans,
} from '@spoor/storage-api';
import { encodeSpanChunks } from '@spoor/wire';
import { statusOf } from './answer-error.ts';
import { traceOf } from './received-traces.ts';
import type { Methods } from './services.ts';
import type { StorageConnection } from './storage-connection.ts';

/** A chunk of one span is laid out as a `WriteSpanRequest`. */
const ONE_SPAN = { spans: 1, bytes: Number.POSITIVE_INFINITY };
/** Of the spans of a batch, so many are under way at once. */
const UNDER_WAY = 64;

/** The archive of the store in another process, by Jaeger's protocol: span by span. A server without one holds nothing. */
export class GrpcArchive implements ArchiveStore {
  readonly writer: SpanWriter = { write: (stored) => this.calling(() => this.write(stored)) };
  readonly reader: Pick<SpanReader, 'trace'> = {
    trace: (traceId) => this.calling(() => this.trace(traceId)),
  };
  private readonly connection: StorageConnection;
  private readonly methods: Methods;
  private readonly calling: <T>(call: () => Promise<T>) => Promise<T>;

  /** `calling` makes a call, unless the store is closed. */
  constructor(
    connection: StorageConnection,
    methods: Methods,
    calling: <T>(call: () => Promise<T>) => Promise<T>,
  ) {
    this.connection = connection;
    this.methods = methods;
    this.calling = calling;
  }

  private async write(stored: StoredBatch): Promise<void> {
    const requests = encodeSpanChunks(storedSpans(stored), ONE_SPAN);
    const sendNext = async () => {
      for (const request of requests)
        await this.connection.unary(this.methods.writeArchiveSpan, request);
    };
    // They share the one list: each takes the next span that nobody has taken.
    await Promise.all(Array.from({ length: UNDER_WAY }, sendNext));
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
