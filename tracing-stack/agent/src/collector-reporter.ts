import type { HostPort, Logger, Metrics } from '@spoor/platform';
import type { BatchSink } from './batch-sink.ts';
import type { CollectorLink } from './collector-link.ts';
import type { ConfigSource } from './config-source.ts';

/** An agent's way to collectors: batches there, and back what clients ask for. */
export interface CollectorReporter {
  readonly sink: BatchSink;
  /** Can ask no more when the sink is closed. */
  readonly config: ConfigSource;
}

/** What every way to collectors is made with. */
export interface ReporterOptions {
  /** They are asked in turn. */
  readonly collectors: readonly HostPort[];
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds of a clock that nobody sets. */
  readonly clock?: () => number;
  /** How long a collector may take for an answer. */
  readonly callTimeoutMs?: number;
  readonly maxCalls?: number;
  readonly minBackoffMs?: number;
  readonly maxBackoffMs?: number;
}

/** Shows to how many of its collectors an agent is connected, and how often it connected. */
export function showConnected(
  links: readonly Pick<CollectorLink, 'connected' | 'connects'>[],
  protocol: 'grpc' | 'tchannel',
  metrics: Metrics,
): void {
  const connected = metrics.gauge(
    'jaeger_agent_connection_status_collector_connected',
    'Collectors that the agent is connected to',
    ['protocol'],
  );
  const connects = metrics.counter(
    'jaeger_agent_connection_status_collector_reconnects_total',
    'Connections to collectors that were made, also for the first time',
    ['protocol'],
  );
  let shown = 0;
  metrics.onRead(() => {
    connected.set({ protocol }, links.filter((link) => link.connected).length);
    const all = links.reduce((sum, link) => sum + link.connects, 0);
    connects.inc({ protocol }, all - shown);
    shown = all;
  });
}
