import type { TraceId } from '@spoor/model';
import type { StoredBatch } from '@spoor/storage-api';
import type { BatchIndex } from '@spoor/wire';
import { TRACE_BYTES } from './batch-bytes.ts';
import { type KnownOperation, OperationTable } from './operation-table.ts';
import { RecordLog } from './record-log.ts';
import { SpanColumns } from './span-columns.ts';
import type { KeptTrace, TraceTable } from './trace-table.ts';

/**
 * Records that arrived one after the other, with the index of their spans. Batches are added at its end, and it is
 * dropped whole.
 */
export class Segment {
  readonly firstSequence: number;
  readonly records = new RecordLog();
  readonly spans = new SpanColumns();
  readonly operations = new OperationTable();
  /** An entry for each trace in a record. */
  readonly traces: KeptTrace[] = [];
  /** Where the spans of each record end, among the spans. */
  readonly spanEnds: number[] = [];
  private keptTraces = 0;
  private keptOperations: readonly KnownOperation[] | undefined;

  constructor(firstSequence: number) {
    this.firstSequence = firstSequence;
  }

  /** The number that the next record will have. */
  get nextSequence(): number {
    return this.firstSequence + this.records.count;
  }

  /** What it takes, roughly. */
  get bytes(): number {
    return (
      this.records.bytes +
      this.spans.bytes +
      this.operations.bytes +
      TRACE_BYTES * this.traces.length
    );
  }

  add(stored: StoredBatch, index: BatchIndex, table: TraceTable): void {
    this.spans.add(index, this.operations.add(index), this.addTraces(index, table));
    this.records.add(stored);
    this.spanEnds.push(this.spans.count);
  }

  /** The place of a record's first span. */
  firstSpan(record: number): number {
    return this.spanEnds[record - 1] ?? 0;
  }

  /** Whether spans of kept traces are left. */
  get isOfUse(): boolean {
    return this.keptTraces > 0;
  }

  /** To be called when a trace was dropped, once for each record that holds spans of it. */
  traceDropped(): void {
    this.keptTraces--;
    this.keptOperations = undefined;
  }

  /** The operations of which spans of kept traces are left. */
  operationsLeft(): readonly KnownOperation[] {
    if (this.keptTraces === this.traces.length) return this.operations.all;
    this.keptOperations ??= this.findOperationsLeft();
    return this.keptOperations;
  }

  /** Gives back memory that was taken in advance. */
  trim(): void {
    this.records.trim();
    this.spans.trim();
  }

  private findOperationsLeft(): KnownOperation[] {
    const { count, operationOf, traceOf } = this.spans;
    const ids = new Set<number>();
    for (let i = 0; i < count; i++) {
      if (this.traces[traceOf.values[i] ?? 0]?.isKept) ids.add(operationOf.values[i] ?? 0);
    }
    return this.operations.all.filter((_, id) => ids.has(id));
  }

  private addTraces({ count, traceIds }: BatchIndex, table: TraceTable): number[] {
    const ids = Buffer.from(traceIds.buffer, traceIds.byteOffset, 16 * count);
    const places: number[] = [];
    let place = 0;
    for (let at = 0; at < ids.length; at += 16) {
      // Spans of one trace mostly stand side by side.
      if (at === 0 || ids.compare(ids, at - 16, at, at, at + 16) !== 0) {
        place = this.placeOf(traceIdAt(ids, at), table);
      }
      places.push(place);
    }
    return places;
  }

  /** Where in `traces` a trace stands for the record that is being added. */
  private placeOf(traceId: TraceId, table: TraceTable): number {
    const sequence = this.nextSequence;
    let trace = table.get(traceId);
    if (trace === undefined) trace = table.begin(traceId, sequence);
    else if (trace.newestRecord === sequence) return trace.place;
    else trace.records.push(sequence);
    trace.place = this.traces.push(trace) - 1;
    this.keptTraces++;
    return trace.place;
  }
}

/** As `traceIdFromBytes`, but never a part of a longer string, which it would keep in memory. */
function traceIdAt(ids: Buffer, at: number): TraceId {
  const isShort = ids.readUInt32BE(at) === 0 && ids.readUInt32BE(at + 4) === 0;
  return ids.toString('hex', isShort ? at + 8 : at, at + 16);
}
