import type { Metrics } from '@spoor/platform';

/** What came of spans that were to be forwarded. */
export function forwardMetrics(metrics: Metrics) {
  const all = {
    spans: metrics.counter(
      'spoor_collector_forward_spans_total',
      'Spans that were stored and were to be forwarded: taken by the backend, refused by it for good or not to be written for it, or dropped because too much waited or the collector was stopped',
      ['result'],
    ),
    retries: metrics.counter(
      'spoor_collector_forward_retries_total',
      'Requests that will be sent to the backend again',
    ),
    queueBytes: metrics.gauge(
      'spoor_collector_forward_queue_bytes',
      'Bytes of batches that wait to be forwarded',
    ),
    queueCapacity: metrics.gauge(
      'spoor_collector_forward_queue_capacity_bytes',
      'Bytes of batches that may wait to be forwarded',
    ),
  };
  for (const result of ['ok', 'refused', 'dropped']) all.spans.inc({ result }, 0);
  all.retries.inc(0);
  return all;
}

export type ForwardMetrics = ReturnType<typeof forwardMetrics>;
