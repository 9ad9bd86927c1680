import { status } from '@grpc/grpc-js';
import type { Trace, TraceId } from '@spoor/model';
import {
  type Arrivals,
  StorageError,
  type StoredBatch,
  storedSpans,
  type TraceQuery,
} from '@spoor/storage-api';
import { encodeSpanChunks } from '@spoor/wire';
import { statusOf } from './answer-error.ts';
import type { Dialect } from './dialect.ts';
import { traceQueryParameters, unsupported } from './jaeger-messages.ts';
import { idsOf, tracesOf } from './received-traces.ts';
import type { Methods } from './services.ts';
import { ONE_SPAN, sendOneByOne } from './span-by-span.ts';
import type { StorageConnection } from './storage-connection.ts';

/**
 * `jaeger.storage.v1` alone, as Jaeger's own remote storage and those of others speak it. A batch goes span by span, so
 * that of one that was refused some spans may be stored; and what the protocol cannot say is `unsupported`.
 */
export class JaegerDialect implements Dialect {
  private readonly connection: StorageConnection;
  private readonly methods: Methods;
  private streams: Promise<boolean> | undefined;
  /** Whether the server finds traces, but not their ids alone. */
  private withoutIds = false;

  constructor(connection: StorageConnection, methods: Methods) {
    this.connection = connection;
    this.methods = methods;
  }

  /** Asks gRPC's health service; a server without one is healthy while it answers. */
  async check(): Promise<void> {
    const answer = await this.connection
      .unary<{ status: string }>(this.methods.health, { service: '' })
      .catch((error: unknown) => {
        if (statusOf(error) !== status.UNIMPLEMENTED) throw error;
        return { status: 'SERVING' };
      });
    if (answer.status === 'SERVING') return;
    const { address } = this.connection;
    throw new StorageError('unavailable', `[grpc] ${address} says that it is ${answer.status}`);
  }

  async write(stored: StoredBatch): Promise<void> {
    const requests = [...encodeSpanChunks(storedSpans(stored), ONE_SPAN)];
    if (requests.length === 0) return;
    this.streams ??= this.asksForStreams();
    if (await this.streams) {
      await this.connection.clientStream(this.methods.writeSpanStream, requests);
      return;
    }
    await sendOneByOne(this.connection, this.methods.writeSpan, requests);
  }

  private async asksForStreams(): Promise<boolean> {
    try {
      const { capabilities } = this.methods;
      const answer = await this.connection.unary<{ streamingSpanWriter: boolean }>(
        capabilities,
        {},
      );
      return answer.streamingSpanWriter;
    } catch (error) {
      // As long as the server is taken for the same, this is its answer as any other.
      if (statusOf(error) === status.UNIMPLEMENTED) return false;
      this.streams = undefined;
      throw error;
    }
  }

  async findTraces(query: TraceQuery): Promise<Trace[]> {
    const parameters = traceQueryParameters(query);
    if (parameters === undefined) return [];
    const { findTraces } = this.methods;
    return tracesOf(this.connection.serverStream(findTraces, { query: parameters }));
  }

  async findTraceIds(query: TraceQuery): Promise<TraceId[]> {
    const parameters = traceQueryParameters(query);
    if (parameters === undefined) return [];
    const { findTraceIds, findTraces } = this.methods;
    if (!this.withoutIds) {
      const answer = this.connection.unary<{ traceIds: readonly Uint8Array[] }>(findTraceIds, {
        query: parameters,
      });
      try {
        return idsOf((await answer).traceIds);
      } catch (error) {
        if (!isNotImplemented(error)) throw error;
        this.withoutIds = true;
      }
    }
    const traces = await tracesOf(this.connection.serverStream(findTraces, { query: parameters }));
    return traces.map(({ traceId }) => traceId);
  }

  async arrivals(): Promise<Arrivals> {
    throw unsupported('arrivals');
  }
}

/** Jaeger's remote storage over memory words it as an error of any kind. */
function isNotImplemented(error: unknown): boolean {
  const code = statusOf(error);
  if (code === status.UNIMPLEMENTED) return true;
  return code === status.UNKNOWN && /not implemented$/.test((error as Error).message);
}
