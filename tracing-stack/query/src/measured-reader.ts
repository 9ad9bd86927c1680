import type { Trace } from '@spoor/model';
import type { Metrics } from '@spoor/platform';
import type { SpanReader, SpanStore, TraceQuery } from '@spoor/storage-api';

/** The operations that Jaeger's query counts, by our names. */
const OPERATIONS = {
  services: 'get_services',
  operations: 'get_operations',
  trace: 'get_trace',
  findTraces: 'find_traces',
  findTraceIds: 'find_trace_ids',
} as const satisfies Partial<Record<keyof SpanReader, string>>;

type Operation = keyof typeof OPERATIONS;
type Result = 'ok' | 'err';

/** What the API reads from. */
export interface MeasuredReader extends Omit<SpanReader, 'findTraces' | 'arrivals'> {
  /** As a span reader's, but a trace is read when it is asked for: all together may be more than memory holds. */
  findTraces(query: TraceQuery): AsyncIterable<Trace>;
}

/** A reader that counts and times what is asked of it, under Jaeger's names. A trace that is not there counts as `err`, as there. */
export function measuredReader(
  { reader, archive }: Pick<SpanStore, 'reader' | 'archive'>,
  metrics: Metrics,
): MeasuredReader {
  const labels = ['operation', 'result'] as const;
  const requests = metrics.counter('jaeger_query_requests_total', 'requests', labels);
  const latency = metrics.histogram('jaeger_query_latency', 'latency', labels);

  async function measured<T>(name: Operation, read: () => Promise<T>): Promise<T> {
    const started = performance.now();
    let result: Result = 'err';
    try {
      const answer = await read();
      if (answer !== undefined) result = 'ok';
      return answer;
    } finally {
      count(name, result, performance.now() - started);
    }
  }

  /** One request to Jaeger's eyes, however many reads it takes; the time is that of the reads. */
  async function* findTraces(query: TraceQuery): AsyncGenerator<Trace> {
    let milliseconds = 0;
    let result: Result = 'ok';
    async function timed<T>(read: Promise<T>): Promise<T> {
      const started = performance.now();
      try {
        return await read;
      } catch (error) {
        result = 'err';
        throw error;
      } finally {
        milliseconds += performance.now() - started;
      }
    }
    try {
      for (const id of await timed(reader.findTraceIds(query))) {
        const trace = await timed(reader.trace(id));
        // A store may have dropped it meanwhile.
        if (trace) yield trace;
      }
    } finally {
      count('findTraces', result, milliseconds);
    }
  }

  function count(name: Operation, result: Result, milliseconds: number): void {
    const counted = { operation: OPERATIONS[name], result };
    requests.inc(counted);
    latency.observe(counted, milliseconds / 1000);
  }

  return {
    services: () => measured('services', () => reader.services()),
    operations: (query) => measured('operations', () => reader.operations(query)),
    // An archive is looked into for what is no longer in the store.
    trace: (id) =>
      measured('trace', async () => (await reader.trace(id)) ?? archive?.reader.trace(id)),
    findTraces,
    findTraceIds: (query) => measured('findTraceIds', () => reader.findTraceIds(query)),
  };
}
