import type { Metrics } from '@spoor/platform';
import type { AgentCall } from '@spoor/wire';
import { UDP_PROCESSORS, type UdpProcessorName } from './udp-processors.ts';

/** Jaeger's counters of one UDP port, under its labels. */
export function udpMetrics(metrics: Metrics, name: UdpProcessorName) {
  const labels = ['protocol', 'model'] as const;
  const { protocol, model, shown } = UDP_PROCESSORS[name];
  const port = { protocol, model };
  const counter = (name: string, help: string) =>
    fromZero(metrics.counter(`jaeger_agent_thrift_udp_${name}`, help, labels).labels(port));
  const gauge = (name: string, help: string) =>
    fromZero(metrics.gauge(`jaeger_agent_thrift_udp_${name}`, help, labels).labels(port));
  const closeTime = metrics.histogram(
    'jaeger_agent_thrift_udp_t_processor_close_time',
    'Seconds that the port took to close, with what the kernel still held',
    labels,
  );
  closeTime.zero(port);
  return {
    processed: counter('server_packets_processed_total', 'Packets that were taken'),
    dropped: counter(
      'server_packets_dropped_total',
      'Packets dropped because too much waited already',
    ),
    readErrors: counter(
      'server_read_errors_total',
      'Packets larger than the maximum, and errors of the socket',
    ),
    handlerErrors: counter('t_processor_handler_errors_total', 'Packets that could not be read'),
    packetSize: gauge('server_packet_size', 'Bytes of the last packet'),
    closeTime: closeTime.labels(port),
    queueSize: gauge('server_queue_size', 'Packets taken and not yet delivered'),
    rejected: metrics.counter(
      'spoor_agent_packets_rejected_total',
      'Packets whose spans were lost, by the reason',
      ['protocol', 'reason'],
    ),
    kernelDropped: metrics
      .gauge(
        'spoor_agent_udp_kernel_drops',
        'Packets that the kernel dropped because its buffer was full',
        ['protocol'],
      )
      .labels({ protocol: shown }),
  };
}

export type UdpMetrics = ReturnType<typeof udpMetrics>;

/** Jaeger's counters of what became of the batches, by whose spans they were. */
export function reporterMetrics(
  metrics: Metrics,
  protocol: string,
): Readonly<Record<AgentCall['model'], ReporterMetrics>> {
  return {
    jaeger: formatMetrics(metrics, { protocol, format: 'jaeger' }),
    zipkin: formatMetrics(metrics, { protocol, format: 'zipkin' }),
  };
}

function formatMetrics(metrics: Metrics, format: { protocol: string; format: string }) {
  const labels = ['protocol', 'format'] as const;
  const counter = (rest: string, help: string) =>
    fromZero(metrics.counter(`jaeger_agent_reporter_${rest}`, help, labels).labels(format));
  return {
    batchesSubmitted: counter('batches_submitted_total', 'Batches acknowledged by a collector'),
    batchesFailed: counter('batches_failures_total', 'Batches given up'),
    spansSubmitted: counter('spans_submitted_total', 'Spans acknowledged by a collector'),
    spansFailed: counter('spans_failures_total', 'Spans given up'),
    batchSize: fromZero(
      metrics
        .gauge('jaeger_agent_reporter_batch_size', 'Spans in the last batch', labels)
        .labels(format),
    ),
  };
}

/** What waits in the queue, by where it is. */
export function queueMetrics(metrics: Metrics) {
  const where = ['where'] as const;
  return {
    bytes: metrics.gauge('spoor_agent_queue_bytes', 'Bytes of batches that wait', where),
    capacity: metrics.gauge(
      'spoor_agent_queue_capacity_bytes',
      'Bytes of batches that may wait; beyond them packets are dropped',
      where,
    ),
    lostBytes: fromZero(
      metrics.counter(
        'spoor_agent_queue_lost_bytes_total',
        'Bytes of batches on disk that could not be read any more',
      ),
    ),
  };
}

export type ReporterMetrics = ReturnType<typeof formatMetrics>;

/** A metric that is shown before it counted anything: nothing lost reads as 0, and not as no answer. */
function fromZero<M extends { inc(value: number): void }>(metric: M): M {
  metric.inc(0);
  return metric;
}
