import type { Trace, TraceId } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import type {
  Arrivals,
  Operation,
  OperationQuery,
  SpanReader,
  TraceQuery,
} from '@spoor/storage-api';
import { compareOperations, gatherArrivals } from '@spoor/storage-api/search';
import { arrivalsOf } from './arrivals.ts';
import type { OpenBucket } from './bucket-list.ts';
import { readOperations, readServiceId, readServices } from './name-tables.ts';
import { RecordReader, type UnreadableRecords } from './record-reader.ts';
import { readTrace } from './trace-reading.ts';
import { searchTraceIds } from './trace-search.ts';

/** Runs a call on all buckets as they are now. */
export type Reading = <T>(read: (buckets: readonly OpenBucket[]) => Promise<T>) => Promise<T>;

/** Answers from the buckets that `reading` gives. */
export class EmbeddedReader implements SpanReader {
  private readonly reading: Reading;
  private readonly unreadable: UnreadableRecords;
  private readonly logger: Logger;

  constructor(reading: Reading, unreadable: UnreadableRecords, logger: Logger) {
    this.reading = reading;
    this.unreadable = unreadable;
    this.logger = logger;
  }

  async services(): Promise<string[]> {
    return this.reading(async (buckets) => {
      const names = new Set(buckets.flatMap(({ tables }) => [...readServices(tables).keys()]));
      return [...names].sort();
    });
  }

  async operations({ serviceName, spanKind }: OperationQuery): Promise<Operation[]> {
    return this.reading(async (buckets) => {
      const operations = new Map<string, Operation>();
      for (const { tables } of buckets) {
        const id = readServiceId(tables, serviceName);
        if (id === undefined) continue;
        for (const operation of readOperations(tables, id)) {
          if (spanKind !== undefined && operation.spanKind !== spanKind) continue;
          operations.set(`${operation.spanKind}\0${operation.name}`, operation);
        }
      }
      return [...operations.values()].sort(compareOperations);
    });
  }

  async trace(traceId: TraceId): Promise<Trace | undefined> {
    return this.reading((buckets) => readTrace(buckets, traceId, this.recordReader()));
  }

  async findTraces(query: TraceQuery): Promise<Trace[]> {
    return this.reading(async (buckets) => {
      const records = this.recordReader();
      const traces: Trace[] = [];
      for (const traceId of await searchTraceIds(buckets, query, records)) {
        const trace = await readTrace(buckets, traceId, records);
        if (trace) traces.push(trace);
      }
      return traces;
    });
  }

  async findTraceIds(query: TraceQuery): Promise<TraceId[]> {
    return this.reading((buckets) => searchTraceIds(buckets, query, this.recordReader()));
  }

  async arrivals(cursor: string | undefined, limit: number): Promise<Arrivals> {
    return this.reading((buckets) =>
      gatherArrivals(arrivalsOf(buckets, this.recordReader()), cursor, limit),
    );
  }

  private recordReader(): RecordReader {
    return new RecordReader(this.unreadable, this.logger);
  }
}
