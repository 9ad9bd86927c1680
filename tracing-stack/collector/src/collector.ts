import type { Logger, Metrics } from '@spoor/platform';
import type { SpanFormat, SpanStore } from '@spoor/storage-api';
import type { EncodedBatch } from '@spoor/wire';
import { collectorMetrics } from './collector-metrics.ts';
import { startGrpcServer } from './grpc-server.ts';
import { SpanProcessor } from './span-processor.ts';

/** Jaeger's own default. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
/** Room for a store that pauses for a second under full load. */
export const QUEUE_BYTES = 64 * 1024 * 1024;

export interface CollectorOptions {
  /** Empty for every interface. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly grpcPort: number;
  /** Stays open when the collector closes. */
  readonly store: Pick<SpanStore, 'writer'>;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Bytes of batches that may be under way to the store; beyond them senders are told to come back. */
  readonly queueBytes?: number;
  readonly maxMessageBytes?: number;
  /** How long `close` waits for what is under way. */
  readonly closeWithinMs?: number;
}

export interface Collector {
  readonly ports: { readonly grpc: number };
  /** The door for receivers in the same process: resolves once the batch is durable, rejects if it is not stored. */
  submit(batch: EncodedBatch, format: SpanFormat): Promise<void>;
  /** Refuses new batches, then waits for those under way. */
  close(): Promise<void>;
}

/** Starts Jaeger's collector: gRPC in, and the store out. Answers OK only for what the store has made durable. */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const {
    logger,
    clock = Date.now,
    queueBytes = QUEUE_BYTES,
    maxMessageBytes = MAX_MESSAGE_BYTES,
    closeWithinMs = 2000,
  } = options;
  const processor = new SpanProcessor({
    writer: options.store.writer,
    metrics: collectorMetrics(options.metrics),
    clock,
    queueBytes,
  });
  const { host, grpcPort: port } = options;
  const grpc = await startGrpcServer({ host, port, maxMessageBytes, processor, logger });
  logger.info({ grpcPort: grpc.port }, 'collector takes spans');
  async function stop(): Promise<void> {
    const [drained] = await Promise.all([
      processor.close(closeWithinMs),
      grpc.close(closeWithinMs),
    ]);
    if (!drained) logger.warn({}, 'collector closed before the store acknowledged everything');
  }
  let stopping: Promise<void> | undefined;
  return {
    ports: { grpc: grpc.port },
    submit: (batch, format) => processor.submit(batch, format, 'in-process'),
    close() {
      stopping ??= stop();
      return stopping;
    },
  };
}
