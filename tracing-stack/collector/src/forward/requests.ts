import { type KeyValue, withProcessTags } from '@spoor/model';
import { type EncodedBatch, encodeOtlpProto, otlpFromSpans } from '@spoor/wire';

/** Of batches as they came, in one request; OTLP's backends take 4 MiB and more. */
export const REQUEST_BYTES = 512 * 1024;

/** An `ExportTraceServiceRequest`, and how many spans it has. */
export interface ForwardRequest {
  readonly bytes: Uint8Array;
  readonly spans: number;
}

/** Batches as requests, each of about `REQUEST_BYTES`; `tags` are added to every process, as in the store. */
export function forwardRequests(
  batches: readonly EncodedBatch[],
  tags: readonly KeyValue[],
): ForwardRequest[] {
  const spans = withProcessTags(
    batches.flatMap((batch) => batch.spans()),
    tags,
  );
  const bytes = batches.reduce((sum, batch) => sum + batch.bytes.length, 0);
  const parts = Math.max(1, Math.ceil(bytes / REQUEST_BYTES));
  const each = Math.ceil(spans.length / parts);
  return Array.from({ length: Math.ceil(spans.length / each) }, (_, i) => {
    const part = spans.slice(i * each, (i + 1) * each);
    return { bytes: encodeOtlpProto(otlpFromSpans(part)), spans: part.length };
  });
}
