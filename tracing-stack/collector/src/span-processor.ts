import type { SpanWriter } from '@spoor/storage-api';
import type { EncodedBatch } from '@spoor/wire';

/** What every receiver hands its batches to. Resolves once the batch is durable. */
export type SpanProcessor = (batch: EncodedBatch) => Promise<void>;

export function spanProcessor(writer: SpanWriter, now: () => number): SpanProcessor {
  return (batch) =>
    writer.write({ batch, format: 'proto', addedTags: [], arrivalTime: now() * 1000 });
}
