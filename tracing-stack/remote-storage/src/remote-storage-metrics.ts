import type { Metrics } from '@spoor/platform';

export function remoteStorageMetrics(metrics: Metrics) {
  const all = {
    calls: metrics.counter('spoor_remote_storage_calls_total', 'Calls, by their answer', [
      'method',
      'code',
    ]),
    spans: metrics.counter(
      'spoor_remote_storage_spans_total',
      'Spans that came to be stored, by what became of them',
      ['result'],
    ),
    queueBytes: metrics.gauge(
      'spoor_remote_storage_queue_bytes',
      'Bytes of batches not yet stored',
    ),
  };
  for (const result of ['ok', 'err']) all.spans.inc({ result }, 0);
  return all;
}

export type RemoteStorageMetrics = ReturnType<typeof remoteStorageMetrics>;
