import { status } from '@grpc/grpc-js';
import type { Span } from '@spoor/model';
import { CallError } from '@spoor/platform/grpc';
import type { SpanReader, TraceQuery } from '@spoor/storage-api';
import { encodeSpanChunks } from '@spoor/wire';

/** As many spans as Jaeger's own server sends at once, and well below the 4 MiB that its client takes. */
const CHUNK = { spans: 1000, bytes: 1024 * 1024 };

/** Batches of spans with their own process, which are `SpansResponseChunk`s too. */
export function chunksOf(spans: readonly Span[]): Generator<Uint8Array> {
  return encodeSpanChunks(spans, CHUNK);
}

export async function* traceChunks(
  reader: Pick<SpanReader, 'trace'>,
  traceId: string,
): AsyncGenerator<Uint8Array> {
  const trace = await reader.trace(traceId);
  if (trace === undefined) throw new CallError(status.NOT_FOUND, 'trace not found');
  yield* chunksOf(trace.spans);
}

/** One trace after the other is read, so that one is held at a time and a client that has gone costs no more. */
export async function* foundChunks(
  reader: SpanReader,
  query: TraceQuery,
): AsyncGenerator<Uint8Array> {
  for (const traceId of await reader.findTraceIds(query)) {
    const trace = await reader.trace(traceId);
    if (trace !== undefined) yield* chunksOf(trace.spans);
  }
}
