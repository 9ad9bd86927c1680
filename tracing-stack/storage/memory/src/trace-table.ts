import type { TraceId } from '@spoor/model';

/** A trace of which spans are kept. One that comes again after it was dropped is another one. */
export class KeptTrace {
  readonly traceId: TraceId;
  /** The records that hold spans of it, in order of arrival. */
  readonly records: number[];
  isKept = true;
  /** Its place in `Segment.traces`, for the newest of its records. */
  place = 0;

  constructor(traceId: TraceId, firstRecord: number) {
    this.traceId = traceId;
    this.records = [firstRecord];
  }

  get newestRecord(): number | undefined {
    return this.records[this.records.length - 1];
  }

  /** Forgets the records up to `sequence`. */
  forget(sequence: number): void {
    const left = this.records.findIndex((record) => record > sequence);
    this.records.splice(0, left === -1 ? this.records.length : left);
  }
}

/** The traces that are kept, those that came first at the front. */
export class TraceTable {
  private readonly traces = new Map<TraceId, KeptTrace>();

  get size(): number {
    return this.traces.size;
  }

  get(traceId: TraceId): KeptTrace | undefined {
    return this.traces.get(traceId);
  }

  /** Begins a trace that is not there yet, with its first record. */
  begin(traceId: TraceId, record: number): KeptTrace {
    const trace = new KeptTrace(traceId, record);
    this.traces.set(traceId, trace);
    return trace;
  }

  oldest(): KeptTrace | undefined {
    return this.traces.values().next().value;
  }

  drop(trace: KeptTrace): void {
    trace.isKept = false;
    this.traces.delete(trace.traceId);
  }
}
