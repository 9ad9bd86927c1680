import { hostname } from 'node:os';
import { sanitizeServiceName } from '@spoor/model';
import type { Metrics } from '@spoor/platform';
import type { SpanFormat } from '@spoor/storage-api';
import { ServiceCounts } from './service-counts.ts';

/** How a batch reached the collector. */
export type Transport = 'grpc' | 'http' | 'tchannel' | 'in-process';

/** What watches the batches: who came by which door, and what adaptive sampling goes by. */
const OBSERVERS = ['doors', 'wire', 'sampling'] as const;
export type Observer = (typeof OBSERVERS)[number];

/** By which way spans come, and in which format. */
interface Way {
  readonly format: SpanFormat;
  readonly transport: Transport;
}

const WAYS: readonly Way[] = [
  { transport: 'grpc', format: 'proto' },
  { transport: 'grpc', format: 'otlp' },
  { transport: 'http', format: 'jaeger' },
  { transport: 'http', format: 'zipkin' },
  { transport: 'http', format: 'otlp' },
  { transport: 'tchannel', format: 'jaeger' },
  { transport: 'tchannel', format: 'zipkin' },
  { transport: 'in-process', format: 'proto' },
];

/** What a span's service is called before the collector gives it a name. */
const UNNAMED = '__unknown';

/** Jaeger's metrics, under its names and labels. */
export function collectorMetrics(metrics: Metrics, host = hostname()) {
  const ofHost = ['host'] as const;
  const gauge = (name: string, help: string) => {
    const one = metrics.gauge(`jaeger_collector_${name}`, help, ofHost).labels({ host });
    one.set(0);
    return one;
  };
  const histogram = (name: string, help: string) => {
    const all = metrics.histogram(`jaeger_collector_${name}`, help, ofHost);
    all.zero({ host });
    return all.labels({ host });
  };
  const byWay = (name: string, help: string) => {
    const nameOf = (service: string | undefined) => service || UNNAMED;
    const make = ({ format, transport }: Way) =>
      new ServiceCounts(metrics, { name, help, labels: { format, transport }, nameOf });
    const counts = new Map(WAYS.map((way) => [keyOf(way), make(way)]));
    return {
      of(way: Way): ServiceCounts {
        const key = keyOf(way);
        const known = counts.get(key) ?? make(way);
        counts.set(key, known);
        return known;
      },
      /** As they came. */
      services: () => new Set([...counts.values()].flatMap(({ services }) => [...services])),
    };
  };
  const saved = (result: 'ok' | 'err') =>
    new ServiceCounts(metrics, {
      name: 'saved_by_svc',
      help: 'given to the store, by what came of it',
      labels: { result },
      nameOf: sanitizeServiceName,
    });
  const all = {
    received: byWay('received', 'that arrived and could be read'),
    rejected: byWay('rejected', 'that arrived and were refused; their sender was told'),
    saved: { ok: saved('ok'), err: saved('err') },
    dropped: metrics
      .counter(
        'jaeger_collector_spans_dropped_total',
        'Those of the refused spans for which there was no room',
        ofHost,
      )
      .labels({ host }),
    batchesRejected: metrics.counter(
      'spoor_collector_batches_rejected_total',
      'Batches that were refused, by the reason; their sender was told',
      ['reason', 'transport'],
    ),
    observerErrors: metrics.counter(
      'spoor_collector_observer_errors_total',
      'Batches that were not counted or kept, because of an error, by what shows doors, keeps messages or calculates sampling',
      ['observer'],
    ),
    batchSize: gauge('batch_size', 'Spans in the last batch'),
    bytes: gauge('spans_bytes', 'Bytes of all spans that were given to the store'),
    inQueueLatency: histogram(
      'in_queue_latency',
      'Seconds from the arrival of a batch to its being handed to the store',
    ),
    saveLatency: histogram(
      'save_latency',
      'Seconds from handing a batch to the store to its acknowledgement',
    ),
    queueBytes: metrics.gauge('spoor_collector_queue_bytes', 'Bytes of batches not yet stored'),
    queueLength: gauge('queue_length', 'Spans not yet stored'),
    queueCapacity: gauge('queue_capacity', 'Spans that may be under way at once'),
    queueCapacityBytes: metrics.gauge(
      'spoor_collector_queue_capacity_bytes',
      'Bytes of batches that may be under way at once',
    ),
  };
  all.dropped.inc(0);
  for (const observer of OBSERVERS) all.observerErrors.inc({ observer }, 0);
  const services = gauge('spans_serviceNames', 'Services whose spans arrived');
  metrics.onRead(() => services.set(all.received.services().size));
  return all;
}

function keyOf({ format, transport }: Way): string {
  return `${transport} ${format}`;
}

export type CollectorMetrics = ReturnType<typeof collectorMetrics>;
