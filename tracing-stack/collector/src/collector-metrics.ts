import type { Metrics } from '@spoor/platform';
import type { SpanFormat } from '@spoor/storage-api';

/** How a batch reached the collector. */
export type Transport = 'grpc' | 'http' | 'tchannel' | 'in-process';

/** The formats in which spans come by each way. */
const FORMATS: readonly (readonly [Transport, SpanFormat])[] = [
  ['grpc', 'proto'],
  ['grpc', 'otlp'],
  ['http', 'jaeger'],
  ['http', 'zipkin'],
  ['http', 'otlp'],
  ['tchannel', 'jaeger'],
  ['tchannel', 'zipkin'],
  ['in-process', 'proto'],
];

/** Jaeger's names, without its labels of service and debug: a name that a client chose would make a series each. */
export function collectorMetrics(metrics: Metrics) {
  const byFormat = ['format', 'transport'] as const;
  const all = {
    received: metrics.counter(
      'jaeger_collector_spans_received_total',
      'Spans that arrived and could be read',
      byFormat,
    ),
    rejected: metrics.counter(
      'jaeger_collector_spans_rejected_total',
      'Spans that arrived and were refused; their sender was told',
      byFormat,
    ),
    saved: metrics.counter(
      'jaeger_collector_spans_saved_by_svc_total',
      'Spans given to the store, by what came of it',
      ['result'],
    ),
    batchesRejected: metrics.counter(
      'spoor_collector_batches_rejected_total',
      'Batches that were refused, by the reason; their sender was told',
      ['reason', 'transport'],
    ),
    batchSize: metrics.gauge('jaeger_collector_batch_size', 'Spans in the last batch'),
    saveLatency: metrics.histogram(
      'jaeger_collector_save_latency',
      'Seconds from handing a batch to the store to its acknowledgement',
    ),
    queueBytes: metrics.gauge('spoor_collector_queue_bytes', 'Bytes of batches not yet stored'),
    queueLength: metrics.gauge('jaeger_collector_queue_length', 'Batches not yet stored'),
    queueCapacity: metrics.gauge(
      'spoor_collector_queue_capacity_bytes',
      'Bytes of batches that may be under way at once',
    ),
  };
  // Shown before they counted anything: nothing refused reads as 0, and not as no answer.
  for (const [transport, format] of FORMATS) {
    all.received.inc({ format, transport }, 0);
    all.rejected.inc({ format, transport }, 0);
  }
  for (const result of ['ok', 'err']) all.saved.inc({ result }, 0);
  return all;
}

export type CollectorMetrics = ReturnType<typeof collectorMetrics>;
