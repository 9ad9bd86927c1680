import { status } from '@grpc/grpc-js';
import type { TraceId } from '@spoor/model';
import { traceIdFromBytes } from '@spoor/model';
import { CallError, type SearchTimes, searchTimes } from '@spoor/platform/grpc';
import type { TraceQuery } from '@spoor/storage-api';

/** `jaeger.storage.v1.TraceQueryParameters`. */
export interface JaegerQuery extends SearchTimes {
  readonly serviceName: string;
  readonly operationName: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly numTraces: number;
}

/** What Jaeger asks for. Empty and zero mean that it does not. */
export function jaegerQuery(message: JaegerQuery | null): TraceQuery {
  if (message === null) throw new CallError(status.INVALID_ARGUMENT, 'the query is missing');
  const { serviceName, operationName, tags, numTraces } = message;
  return {
    ...(serviceName !== '' && { serviceName }),
    ...(operationName !== '' && { operationName }),
    tags: new Map(Object.entries(tags)),
    ...searchTimes(message),
    limit: numTraces > 0 ? numTraces : Number.POSITIVE_INFINITY,
  };
}

/** 16 bytes, or 8 for an id of 64 bits. */
export function traceIdOf(bytes: Uint8Array): TraceId {
  if (bytes.length === 16) return traceIdFromBytes(bytes);
  if (bytes.length === 8) return traceIdFromBytes(Buffer.concat([Buffer.alloc(8), bytes]));
  throw new CallError(status.INVALID_ARGUMENT, `a trace id has 16 bytes, not ${bytes.length}`);
}
