import type { Metrics } from '@spoor/platform';

/** What Jaeger's query counts: reads of the store, of which it also shows how much they gave, and of figures. */
const READS = [
  'get_services',
  'get_operations',
  'get_trace',
  'find_traces',
  'find_trace_ids',
] as const;
const FIGURES = ['get_latencies', 'get_call_rates', 'get_error_rates'] as const;

export type ReadOperation = (typeof READS)[number];
export type FigureOperation = (typeof FIGURES)[number];
type Operation = ReadOperation | FigureOperation;

/** Jaeger hands the number on as if it were nanoseconds. */
const BILLION = 1e9;

/** Counts and times what is asked, under Jaeger's names. */
export interface QueryMeter {
  succeeded(operation: Operation, milliseconds: number): void;
  failed(operation: Operation, milliseconds: number): void;
  /** How many services, operations, traces or trace ids a read that succeeded gave. */
  gave(operation: ReadOperation, results: number): void;
}

export function queryMeter(metrics: Metrics): QueryMeter {
  const labels = ['operation', 'result'] as const;
  const requests = metrics.counter('jaeger_query_requests_total', 'Questions', labels);
  const latency = metrics.histogram(
    'jaeger_query_latency',
    'Seconds that the store took, or the figures',
    labels,
  );
  const responses = metrics.histogram(
    'jaeger_query_responses',
    'Results of one question, in billionths, as Jaeger shows them',
    ['operation'],
  );
  // Shown before they counted anything: nothing asked reads as 0, and not as no answer.
  for (const operation of [...READS, ...FIGURES]) {
    for (const result of ['ok', 'err']) {
      requests.inc({ operation, result }, 0);
      latency.zero({ operation, result });
    }
  }
  for (const operation of READS) responses.zero({ operation });
  const count = (operation: Operation, result: 'ok' | 'err', milliseconds: number) => {
    requests.inc({ operation, result });
    latency.observe({ operation, result }, milliseconds / 1000);
  };
  return {
    succeeded: (operation, milliseconds) => count(operation, 'ok', milliseconds),
    failed: (operation, milliseconds) => count(operation, 'err', milliseconds),
    gave: (operation, results) => responses.observe({ operation }, results / BILLION),
  };
}

/** Times `ask`. It failed if it throws, or gives nothing. */
export async function timed<T>(
  meter: QueryMeter,
  operation: Operation,
  ask: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  let answer: T | undefined;
  try {
    answer = await ask();
    return answer;
  } finally {
    const milliseconds = performance.now() - started;
    if (answer === undefined) meter.failed(operation, milliseconds);
    else meter.succeeded(operation, milliseconds);
  }
}
