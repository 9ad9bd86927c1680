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
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** How long a collector may take for an answer. */
  readonly callTimeoutMs?: number;
  readonly maxCalls?: number;
  readonly minBackoffMs?: number;
  readonly maxBackoffMs?: number;
}

/** Shows to how many of its collectors an agent is connected. */
export function showConnected(
  links: readonly Pick<CollectorLink, 'connected'>[],
  protocol: 'grpc' | 'tchannel',
  metrics: Metrics,
): void {
  const connected = metrics.gauge(
    'jaeger_agent_connection_status_collector_connected',
    'Collectors that the agent is connected to',
    ['protocol'],
  );
  metrics.onRead(() => connected.set({ protocol }, links.filter((link) => link.connected).length));
}
