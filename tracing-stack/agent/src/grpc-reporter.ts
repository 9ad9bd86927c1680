import { COLLECTOR_WITHIN_MS } from '@spoor/platform';
import { CollectorConnections } from './collector-connections.ts';
import {
  type CollectorReporter,
  type ReporterOptions,
  showConnected,
} from './collector-reporter.ts';
import { CollectorSink } from './collector-sink.ts';
import { grpcConfigSource } from './grpc-config-source.ts';
import { grpcLink } from './grpc-link.ts';

/** The way over gRPC. */
export function grpcReporter(options: ReporterOptions): CollectorReporter {
  const { collectors, metrics, callTimeoutMs = COLLECTOR_WITHIN_MS } = options;
  const connections = new CollectorConnections(collectors);
  const links = connections.all.map((connection) => grpcLink(connection, callTimeoutMs));
  showConnected(links, 'grpc', metrics);
  const sink = new CollectorSink(links, { ...options, protocol: 'grpc' });
  return { sink, config: grpcConfigSource(connections) };
}
