import { status } from '@grpc/grpc-js';
import { type Span, type Trace, type TraceId, traceIdFromBytes } from '@spoor/model';
import { StorageError } from '@spoor/storage-api';
import { DecodeError, protoBatch } from '@spoor/wire';
import { statusOf } from './answer-error.ts';

/** The spans of a chunk, each with its own process. Throws `StorageError` code `corrupt`. */
export function spansIn(chunk: Uint8Array): Span[] {
  try {
    return protoBatch(chunk).spans();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const text = `[grpc] the server's answer cannot be read: ${error.message}`;
    throw new StorageError('corrupt', text, { cause: error });
  }
}

async function spansOf(chunks: AsyncIterable<Uint8Array>): Promise<Span[]> {
  const spans: Span[] = [];
  for await (const chunk of chunks) for (const span of spansIn(chunk)) spans.push(span);
  return spans;
}

/** The trace that is asked for; `undefined` if there is none. */
export async function traceOf(
  traceId: TraceId,
  chunks: AsyncIterable<Uint8Array>,
): Promise<Trace | undefined> {
  try {
    const spans = await spansOf(chunks);
    return spans.length === 0 ? undefined : { traceId, spans, warnings: [] };
  } catch (error) {
    // Jaeger's own server answered UNKNOWN until its version 1.47.
    const isMissing = statusOf(error) === status.NOT_FOUND || /trace not found/.test(`${error}`);
    if (isMissing) return undefined;
    throw error;
  }
}

/** Spans of one trace follow one another. */
export async function tracesOf(chunks: AsyncIterable<Uint8Array>): Promise<Trace[]> {
  const traces: { readonly traceId: TraceId; readonly spans: Span[]; readonly warnings: [] }[] = [];
  for await (const chunk of chunks) {
    for (const span of spansIn(chunk)) {
      const last = traces.at(-1);
      if (last?.traceId === span.traceId) last.spans.push(span);
      else traces.push({ traceId: span.traceId, spans: [span], warnings: [] });
    }
  }
  return traces;
}

export function idsOf(traceIds: readonly Uint8Array[]): TraceId[] {
  return traceIds.map((bytes) => traceIdFromBytes(bytes));
}
