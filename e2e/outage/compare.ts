import type { SpanId, TraceId } from '@spoor/model';
import { openEmbeddedStore } from '@spoor/storage-embedded';

/** What names a span. */
export interface SpanName {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
}

/** Of the spans, how many are not in the store, and how many are there more than once. Nobody may write to it meanwhile. */
export async function compareWithStore(
  directory: string,
  sent: Iterable<SpanName>,
): Promise<{ missing: number; twice: number }> {
  const store = await openEmbeddedStore({ directory, readOnly: true });
  try {
    let missing = 0;
    let twice = 0;
    let traceId: TraceId | undefined;
    let counts = new Map<SpanId, number>();
    for (const span of sent) {
      // Spans of one trace were sent one behind the other.
      if (span.traceId !== traceId) {
        traceId = span.traceId;
        counts = new Map();
        for (const { spanId } of (await store.reader.trace(traceId))?.spans ?? [])
          counts.set(spanId, (counts.get(spanId) ?? 0) + 1);
      }
      const count = counts.get(span.spanId) ?? 0;
      if (count === 0) missing++;
      if (count > 1) twice++;
    }
    return { missing, twice };
  } finally {
    await store.close();
  }
}
