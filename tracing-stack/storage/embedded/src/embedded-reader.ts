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
import { nameBytes } from './memory-size.ts';
import { readOperations, readServiceId, serviceNames } from './name-tables.ts';
import { RecordReader, type UnreadableRecords } from './record-reader.ts';
import type { CallMemory } from './store-memory.ts';
import { readTrace } from './trace-reading.ts';
import { searchTraceIds } from './trace-search.ts';

/** Runs a call on all buckets as they are now. */
export type Reading = <T>(
  read: (buckets: readonly OpenBucket[], memory: CallMemory) => Promise<T>,
) => Promise<T>;

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
    return this.reading(async (buckets, memory) => {
      const names = new Set<string>();
      for (const { tables } of buckets) {
        for (const name of serviceNames(tables)) {
          if (!names.has(name)) memory.hold(nameBytes(name));
          names.add(name);
        }
      }
      return [...names].sort();
    });
  }

  async operations({ serviceName, spanKind }: OperationQuery): Promise<Operation[]> {
    return this.reading(async (buckets, memory) => {
      const operations = new Map<string, Operation>();
      for (const { tables } of buckets) {
        const id = readServiceId(tables, serviceName);
        if (id === undefined) continue;
        for (const operation of readOperations(tables, id)) {
          if (spanKind !== undefined && operation.spanKind !== spanKind) continue;
          const key = `${operation.spanKind}\0${operation.name}`;
          if (!operations.has(key)) memory.hold(2 * nameBytes(key));
          operations.set(key, operation);
        }
      }
      return [...operations.values()].sort(compareOperations);
    });
  }

  async trace(traceId: TraceId): Promise<Trace | undefined> {
    return this.reading((buckets, memory) =>
      readTrace(buckets, traceId, this.recordReader(memory)),
    );
  }

  async findTraces(query: TraceQuery): Promise<Trace[]> {
    return this.reading(async (buckets, memory) => {
      const records = this.recordReader(memory);
      const traces: Trace[] = [];
      for (const traceId of await searchTraceIds(buckets, query, records)) {
        const trace = await readTrace(buckets, traceId, records);
        if (trace) traces.push(trace);
      }
      return traces;
    });
  }

  async findTraceIds(query: TraceQuery): Promise<TraceId[]> {
    return this.reading((buckets, memory) =>
      searchTraceIds(buckets, query, this.recordReader(memory)),
    );
  }

  async arrivals(cursor: string | undefined, limit: number): Promise<Arrivals> {
    return this.reading((buckets, memory) =>
      gatherArrivals(arrivalsOf(buckets, this.recordReader(memory)), cursor, limit),
    );
  }

  private recordReader(memory: CallMemory): RecordReader {
    return new RecordReader(this.unreadable, this.logger, memory);
  }
}
