import type { Span, Trace, TraceId } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import type {
  Arrivals,
  Operation,
  OperationQuery,
  SpanReader,
  TraceQuery,
} from '@spoor/storage-api';
import { compareOperations, gatherArrivals, Turn } from '@spoor/storage-api/search';
import { arrivalsOf } from './arrivals.ts';
import { RecordReader, type UnreadableRecords } from './record-reader.ts';
import type { SegmentList } from './segment-list.ts';
import { searchTraceIds } from './trace-search.ts';

/** Answers from what `segments` gives: everything that is kept, or a throw once the store is closed. */
export class MemoryReader implements SpanReader {
  private readonly segments: () => SegmentList;
  private readonly unreadable: UnreadableRecords;
  private readonly logger: Logger;

  constructor(segments: () => SegmentList, unreadable: UnreadableRecords, logger: Logger) {
    this.segments = segments;
    this.unreadable = unreadable;
    this.logger = logger;
  }

  async services(): Promise<string[]> {
    const { all } = this.segments();
    const operations = all.flatMap((segment) => segment.operationsLeft());
    return [...new Set(operations.map(({ service }) => service))].sort();
  }

  async operations({ serviceName, spanKind }: OperationQuery): Promise<Operation[]> {
    const operations = new Map<string, Operation>();
    for (const segment of this.segments().all) {
      for (const known of segment.operationsLeft()) {
        if (known.service !== serviceName) continue;
        if (spanKind !== undefined && known.spanKind !== spanKind) continue;
        const operation = { name: known.name, spanKind: known.spanKind };
        operations.set(JSON.stringify([known.spanKind, known.name]), operation);
      }
    }
    return [...operations.values()].sort(compareOperations);
  }

  async trace(traceId: TraceId): Promise<Trace | undefined> {
    return readTrace(this.segments(), traceId, this.recordReader());
  }

  async findTraces(query: TraceQuery): Promise<Trace[]> {
    const traces: Trace[] = [];
    for await (const trace of this.eachTrace(query)) traces.push(trace);
    return traces;
  }

  /** As `findTraces`, but holds one trace at a time. */
  async *eachTrace(query: TraceQuery): AsyncGenerator<Trace> {
    const segments = this.segments();
    const records = this.recordReader();
    for (const traceId of await searchTraceIds(segments.all, query, records)) {
      const trace = await readTrace(segments, traceId, records);
      if (trace) yield trace;
    }
  }

  async findTraceIds(query: TraceQuery): Promise<TraceId[]> {
    return searchTraceIds(this.segments().all, query, this.recordReader());
  }

  async arrivals(cursor: string | undefined, limit: number): Promise<Arrivals> {
    return gatherArrivals(arrivalsOf(this.segments(), this.recordReader()), cursor, limit);
  }

  private recordReader(): RecordReader {
    return new RecordReader(this.unreadable, this.logger);
  }
}

async function readTrace(
  segments: SegmentList,
  traceId: TraceId,
  records: RecordReader,
): Promise<Trace | undefined> {
  const spans: Span[] = [];
  const turn = new Turn();
  for (const sequence of segments.traces.get(traceId)?.records.slice() ?? []) {
    const segment = segments.segmentOf(sequence);
    if (segment === undefined) continue;
    for (const span of records.spans(segment, sequence - segment.firstSequence)) {
      if (span.traceId === traceId) spans.push(span);
    }
    await turn.end();
  }
  return spans.length === 0 ? undefined : { traceId, spans, warnings: [] };
}
