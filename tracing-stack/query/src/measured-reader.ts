import type { Metrics } from '@spoor/platform';
import type { SpanReader } from '@spoor/storage-api';

/** The operations that Jaeger's query counts, by our names. */
const OPERATIONS = {
  services: 'get_services',
  operations: 'get_operations',
  trace: 'get_trace',
  findTraces: 'find_traces',
  findTraceIds: 'find_trace_ids',
} as const satisfies Partial<Record<keyof SpanReader, string>>;

type Operation = keyof typeof OPERATIONS;

/** A reader that counts and times what is asked of it, under Jaeger's names. A trace that is not there counts as `err`, as there. */
export function measuredReader(reader: SpanReader, metrics: Metrics): SpanReader {
  const labels = ['operation', 'result'] as const;
  const requests = metrics.counter('jaeger_query_requests_total', 'requests', labels);
  const latency = metrics.histogram('jaeger_query_latency', 'latency', labels);

  async function measured<T>(name: Operation, read: () => Promise<T>): Promise<T> {
    const started = performance.now();
    let result: 'ok' | 'err' = 'err';
    try {
      const answer = await read();
      if (answer !== undefined) result = 'ok';
      return answer;
    } finally {
      const counted = { operation: OPERATIONS[name], result };
      requests.inc(counted);
      latency.observe(counted, (performance.now() - started) / 1000);
    }
  }

  return {
    services: () => measured('services', () => reader.services()),
    operations: (query) => measured('operations', () => reader.operations(query)),
    trace: (id) => measured('trace', () => reader.trace(id)),
    findTraces: (query) => measured('findTraces', () => reader.findTraces(query)),
    findTraceIds: (query) => measured('findTraceIds', () => reader.findTraceIds(query)),
    arrivals: (cursor, limit) => reader.arrivals(cursor, limit),
  };
}
