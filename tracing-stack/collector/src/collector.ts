import type { KeyValue, SamplingStrategy } from '@spoor/model';
import { type HostPort, type Logger, type Metrics, startTogether } from '@spoor/platform';
import type { SpanFormat, SpanStore } from '@spoor/storage-api';
import type { EncodedBatch } from '@spoor/wire';
import { collectorMetrics } from './collector-metrics.ts';
import { startGrpcServer } from './grpc/grpc-server.ts';
import { clientConfig } from './http/client-config.ts';
import { startHttpServer } from './http/http-server.ts';
import {
  DEFAULT_SAMPLING,
  type SamplingOptions,
  startSampling,
} from './sampling/start-sampling.ts';
import { SpanProcessor } from './span-processor.ts';
import { startTchannelServer } from './tchannel/tchannel-server.ts';

/** Of one message or body: Jaeger's own default for gRPC. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
/** Room for a store that pauses for a second under full load. */
export const QUEUE_BYTES = 64 * 1024 * 1024;

/** For a request to arrive. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** A client that reports every few seconds finds its connection still open. */
export const KEEP_ALIVE_MS = 120_000;

export interface CollectorOptions {
  /** For agents. */
  readonly grpc: HostPort & {
    /** Larger messages are refused. */
    readonly maxMessageBytes?: number;
    /** How long a connection may live, so that agents come to know new collectors. For ever unless given. */
    readonly maxConnectionAgeMs?: number;
    /** How long calls may go on behind that; then they are broken off. */
    readonly maxConnectionAgeGraceMs?: number;
  };
  /** For clients without an agent. */
  readonly http: HostPort & {
    /** Larger bodies are refused. */
    readonly maxBodyBytes?: number;
    /** How long a request may take to arrive. */
    readonly requestTimeoutMs?: number;
    /** How long its headers alone may take. */
    readonly headersTimeoutMs?: number;
    /** How long a connection stays open without a request. */
    readonly keepAliveMs?: number;
  };
  /** For agents before 1.18. */
  readonly tchannel: HostPort;
  /** Stays open when the collector closes. */
  readonly store: Pick<SpanStore, 'writer' | 'sampling'>;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Bytes of batches that may be under way to the store; beyond them senders are told to come back. */
  readonly queueBytes?: number;
  /** Spans that may be under way to the store. No limit unless given. */
  readonly queueSpans?: number;
  /** Added to the process of every span. */
  readonly tags?: readonly KeyValue[];
  /** What clients are told of how to sample; to keep one trace in a thousand unless given. */
  readonly sampling?: SamplingOptions;
  /** How long `close` waits for what is under way. */
  readonly closeWithinMs?: number;
}

export interface Collector {
  readonly ports: { readonly grpc: number; readonly http: number; readonly tchannel: number };
  /** The door for receivers in the same process: resolves once the batch is durable, rejects if it is not stored. */
  submit(batch: EncodedBatch, format: SpanFormat): Promise<void>;
  /** For clients and agents in the same process. */
  strategyOf(service: string): SamplingStrategy;
  /** Refuses new batches, then waits for those under way. */
  close(): Promise<void>;
}

/** Starts Jaeger's collector: gRPC, HTTP and TChannel in, and the store out. Answers success only for what the store has made durable. */
export function startCollector(options: CollectorOptions): Promise<Collector> {
  const {
    logger,
    clock = Date.now,
    queueBytes = QUEUE_BYTES,
    queueSpans = Number.POSITIVE_INFINITY,
    tags = [],
    closeWithinMs = 2000,
  } = options;
  const processor = new SpanProcessor({
    writer: options.store.writer,
    metrics: collectorMetrics(options.metrics),
    clock,
    queueBytes,
    queueSpans,
    tags,
  });
  const shared = { processor, logger };
  const servers: { close(milliseconds: number): Promise<void> }[] = [];

  // All at once: while one door waits for what is under way, the others take nothing more.
  async function close(): Promise<void> {
    const [drained] = await Promise.all([
      processor.close(closeWithinMs),
      ...servers.map((server) => server.close(closeWithinMs)),
    ]);
    if (!drained) logger.warn({}, 'collector closed before the store acknowledged everything');
  }

  return startTogether(async (own) => {
    const asked = options.sampling ?? DEFAULT_SAMPLING;
    const sampling = own(await startSampling(asked, { ...options, clock }));
    if (sampling.count) processor.onStored((batch) => sampling.count?.(batch));
    own({ close });
    const grpc = await startGrpcServer({
      maxMessageBytes: MAX_MESSAGE_BYTES,
      ...options.grpc,
      ...shared,
      sampling,
      maxMessagesBytes: queueBytes,
    });
    servers.push(grpc);
    const http = await startHttpServer({
      maxBodyBytes: MAX_MESSAGE_BYTES,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      keepAliveMs: KEEP_ALIVE_MS,
      ...options.http,
      ...shared,
      clientConfig: clientConfig(sampling, options.metrics),
      maxBodiesBytes: queueBytes,
    });
    servers.push(http);
    const tchannel = await startTchannelServer({
      ...options.tchannel,
      ...shared,
      sampling,
      metrics: options.metrics,
      maxCallBytes: MAX_MESSAGE_BYTES,
      maxCallsBytes: queueBytes,
    });
    servers.push(tchannel);
    const ports = { grpc: grpc.port, http: http.port, tchannel: tchannel.port };
    logger.info(
      { grpcPort: ports.grpc, httpPort: ports.http, tchannelPort: ports.tchannel },
      'collector takes spans',
    );
    return {
      ports,
      submit: (batch: EncodedBatch, format: SpanFormat) =>
        processor.submit(batch, format, 'in-process'),
      strategyOf: (service: string) => sampling.strategyOf(service),
    };
  });
}
