import type { Span, TraceId } from '@spoor/model';
import {
  type ArchiveStore,
  type SpanReader,
  type SpanWriter,
  StorageError,
  type StoredBatch,
  storedSpans,
} from '@spoor/storage-api';
import { RECORD_BYTES, RecordLog } from './record-log.ts';

/** Traces that stay while the process lives. `refuseIfClosed` throws once the store is closed. */
export class MemoryArchive implements ArchiveStore {
  readonly writer: SpanWriter = { write: (stored) => this.write(stored) };
  readonly reader: Pick<SpanReader, 'trace'> = { trace: (traceId) => this.trace(traceId) };
  private readonly refuseIfClosed: () => void;
  private readonly maxBytes: number;
  private readonly records = new RecordLog();
  private readonly recordsOf = new Map<TraceId, number[]>();

  constructor(refuseIfClosed: () => void, maxBytes: number) {
    this.refuseIfClosed = refuseIfClosed;
    this.maxBytes = maxBytes;
  }

  private async write(stored: StoredBatch): Promise<void> {
    this.refuseIfClosed();
    const traceIds = new Set(stored.batch.spans().map(({ traceId }) => traceId));
    if (this.records.bytes + stored.batch.bytes.length + RECORD_BYTES > this.maxBytes) {
      throw new StorageError('full', `[memory] the archive may take ${this.maxBytes} bytes`);
    }
    const record = this.records.count;
    this.records.add(stored);
    for (const traceId of traceIds) {
      const records = this.recordsOf.get(traceId);
      if (records) records.push(record);
      else this.recordsOf.set(traceId, [record]);
    }
  }

  private async trace(traceId: TraceId) {
    this.refuseIfClosed();
    const records = this.recordsOf.get(traceId);
    if (records === undefined) return undefined;
    const spans = records.flatMap((record): Span[] =>
      storedSpans(this.records.stored(record)).filter((span) => span.traceId === traceId),
    );
    return { traceId, spans, warnings: [] };
  }
}
