import type { BatchSink } from './batch-sink.ts';
import { CollectorConnections } from './collector-connections.ts';
import type { ConfigSource } from './config-source.ts';
import { grpcConfigSource } from './grpc-config-source.ts';
import { GrpcSink, type GrpcSinkOptions } from './grpc-sink.ts';

/** An agent's way to collectors: batches there, and back what clients ask for. */
export interface CollectorReporter {
  readonly sink: BatchSink;
  /** Can ask no more when the sink is closed. */
  readonly config: ConfigSource;
}

/** The way over gRPC. The sink holds on to batches while no collector is there. */
export function grpcReporter(options: GrpcSinkOptions): CollectorReporter {
  const connections = new CollectorConnections(options.collectors, options.metrics);
  return { sink: new GrpcSink(options, connections), config: grpcConfigSource(connections) };
}
