import type { Trace } from '@spoor/model';
import type { SpanReader, SpanStore, TraceQuery } from '@spoor/storage-api';
import { type QueryMeter, type ReadOperation, timed } from './query-meter.ts';

/** What the API reads from. */
export interface MeasuredReader extends Omit<SpanReader, 'findTraces' | 'arrivals'> {
  /** As a span reader's, but a trace is read when it is asked for: all together may be more than memory holds. */
  findTraces(query: TraceQuery): AsyncIterable<Trace>;
}

/** A reader that counts and times what is asked of it, under Jaeger's names. A trace that is not there counts as `err`, as there. */
export function measuredReader(
  { reader, archive }: Pick<SpanStore, 'reader' | 'archive'>,
  meter: QueryMeter,
): MeasuredReader {
  async function list<T>(operation: ReadOperation, read: () => Promise<T[]>): Promise<T[]> {
    const results = await timed(meter, operation, read);
    meter.gave(operation, results.length);
    return results;
  }

  /** One request to Jaeger's eyes, however many reads it takes; the time is that of the reads. */
  async function* findTraces(query: TraceQuery): AsyncGenerator<Trace> {
    let milliseconds = 0;
    let isFailed = false;
    let found = 0;
    async function read<T>(reading: Promise<T>): Promise<T> {
      const started = performance.now();
      try {
        return await reading;
      } catch (error) {
        isFailed = true;
        throw error;
      } finally {
        milliseconds += performance.now() - started;
      }
    }
    try {
      for (const id of await read(reader.findTraceIds(query))) {
        const trace = await read(reader.trace(id));
        // A store may have dropped it meanwhile.
        if (trace === undefined) continue;
        found++;
        yield trace;
      }
    } finally {
      if (isFailed) meter.failed('find_traces', milliseconds);
      else {
        meter.succeeded('find_traces', milliseconds);
        meter.gave('find_traces', found);
      }
    }
  }

  return {
    services: () => list('get_services', () => reader.services()),
    operations: (query) => list('get_operations', () => reader.operations(query)),
    // An archive is looked into for what is no longer in the store.
    async trace(id) {
      const read = async () => (await reader.trace(id)) ?? archive?.reader.trace(id);
      const trace = await timed(meter, 'get_trace', read);
      if (trace) meter.gave('get_trace', 1);
      return trace;
    },
    findTraces,
    findTraceIds: (query) => list('find_trace_ids', () => reader.findTraceIds(query)),
  };
}
