import type { KeyValue, SamplingStrategy } from '@spoor/model';
import {
  allEnd,
  closeDeadline,
  type HostPort,
  type Logger,
  type Metrics,
  startTogether,
} from '@spoor/platform';
import type { SpanFormat, SpanStore } from '@spoor/storage-api';
import type { WatchedStore } from '@spoor/storage-api/health';
import type { EncodedBatch, MessageRing } from '@spoor/wire';
import { collectorMetrics } from './collector-metrics.ts';
import type { DoorPorts } from './door-name.ts';
import { refuseOwnPort } from './forward/refuse-own-port.ts';
import { type ForwardOptions, startForwarder } from './forward/start-forwarder.ts';
import { startGrpcServer } from './grpc/grpc-server.ts';
import { clientConfig } from './http/client-config.ts';
import type { CrossOriginOptions } from './http/cross-origin.ts';
import { startHttpServer } from './http/http-server.ts';
import { startOtlpGrpcServer } from './otlp/otlp-grpc-server.ts';
import { startOtlpHttpServer } from './otlp/otlp-http-server.ts';
import {
  DEFAULT_SAMPLING,
  type SamplingOptions,
  startSampling,
} from './sampling/start-sampling.ts';
import { SpanProcessor } from './span-processor.ts';
import { startTchannelServer } from './tchannel/tchannel-server.ts';
import { startZipkinServer } from './zipkin/zipkin-server.ts';

/** Of one message or body: Jaeger's own default for gRPC. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
/** Room for a store that pauses for a second under full load. */
export const QUEUE_BYTES = 64 * 1024 * 1024;

/** For a request to arrive. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** A client that reports every few seconds finds its connection still open. */
export const KEEP_ALIVE_MS = 120_000;

/** Of a port that takes spans over HTTP. */
export interface HttpLimits {
  /** Larger bodies are refused. */
  readonly maxBodyBytes?: number;
  /** How long a request may take to arrive. */
  readonly requestTimeoutMs?: number;
  /** How long its headers alone may take. */
  readonly headersTimeoutMs?: number;
  /** How long a connection stays open without a request. */
  readonly keepAliveMs?: number;
}

/** Of a port that takes spans over gRPC. */
export interface GrpcLimits {
  /** Larger messages are refused. */
  readonly maxMessageBytes?: number;
  /** How long a request may take to arrive. */
  readonly requestTimeoutMs?: number;
  /** How long a connection may live, so that senders come to know new collectors. For ever unless given. */
  readonly maxConnectionAgeMs?: number;
  /** How long calls may go on behind that; then they are broken off. */
  readonly maxConnectionAgeGraceMs?: number;
}

export interface CollectorOptions {
  /** For agents. */
  readonly grpc: HostPort & GrpcLimits;
  /** For clients without an agent. */
  readonly http: HostPort & HttpLimits;
  /** For agents before 1.18. */
  readonly tchannel: HostPort;
  /** For Zipkin's clients. Nobody listens there unless given. */
  readonly zipkin?:
    | (HostPort &
        HttpLimits & {
          /** Whether a connection stays open for more than one request; unless told otherwise, it does. */
          readonly keepAlive?: boolean;
          readonly crossOrigin?: CrossOriginOptions;
        })
    | undefined;
  /** For OpenTelemetry's clients. Nobody listens there unless given. */
  readonly otlpGrpc?: (HostPort & GrpcLimits) | undefined;
  readonly otlpHttp?:
    | (HostPort & HttpLimits & { readonly crossOrigin?: CrossOriginOptions })
    | undefined;
  /** Stays open when the collector closes. Without `health` it is taken for well. */
  readonly store: Pick<SpanStore, 'writer' | 'sampling'> & Partial<Pick<WatchedStore, 'health'>>;
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
  /** Where spans go beside the store. Nowhere unless given. */
  readonly forward?: ForwardOptions | undefined;
  /** Keeps what carried the spans, as it came. */
  readonly ring?: MessageRing | undefined;
}

export interface Collector {
  readonly ports: {
    readonly grpc: number;
    readonly http: number;
    readonly tchannel: number;
    readonly zipkin?: number;
    readonly otlpGrpc?: number;
    readonly otlpHttp?: number;
  };
  /** The door for receivers in the same process: resolves once the batch is durable, rejects if it is not stored. */
  submit(batch: EncodedBatch, format: SpanFormat): Promise<void>;
  /** For clients and agents in the same process. */
  strategyOf(service: string): SamplingStrategy;
  /**
   * Refuses new batches, then waits for those under way, until the deadline. Rejects with `UnfinishedError` if the store did
   * not answer for all, or spans were not forwarded.
   */
  close(deadline?: AbortSignal): Promise<void>;
}

/**
 * Starts the collector: Jaeger's spans over gRPC, HTTP and TChannel in, Zipkin's and OpenTelemetry's where a port is given
 * for them, and the store out. Answers success only for what the store has made durable.
 */
export function startCollector(options: CollectorOptions): Promise<Collector> {
  const {
    logger,
    metrics,
    clock = Date.now,
    queueBytes = QUEUE_BYTES,
    queueSpans = Number.POSITIVE_INFINITY,
    tags = [],
  } = options;
  return startTogether(async (own) => {
    const forwarder =
      options.forward && (await startForwarder(options.forward, { tags, logger, metrics }));
    if (forwarder) own(forwarder);
    const bound: DoorPorts = {};
    const processor = new SpanProcessor({
      writer: options.store.writer,
      metrics: collectorMetrics(metrics),
      logger,
      clock,
      queueBytes,
      queueSpans,
      tags,
      doors: metrics.doors,
      ports: bound,
      forwarder,
      ring: options.ring,
    });
    const shared = { processor, logger };
    const health = async () => options.store.health?.();
    const servers: Door[] = [];

    // All at once: while one door waits for what is under way, the others take nothing more.
    async function close(deadline = closeDeadline()): Promise<void> {
      await allEnd([processor, ...servers].map((part) => part.close(deadline)));
    }

    const asked = options.sampling ?? DEFAULT_SAMPLING;
    const sampling = own(await startSampling(asked, { ...options, clock }));
    if (sampling.count) processor.onStored((batch) => sampling.count?.(batch));
    own({ close });
    const grpcLimits = {
      maxMessageBytes: MAX_MESSAGE_BYTES,
      maxMessagesBytes: queueBytes,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
    };
    const httpLimits = {
      maxBodyBytes: MAX_MESSAGE_BYTES,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      keepAliveMs: KEEP_ALIVE_MS,
      maxBodiesBytes: queueBytes,
    };
    const { zipkin, otlpGrpc, otlpHttp } = options;
    const started = async (name: keyof DoorPorts, server: Promise<Door>): Promise<number> => {
      const door = await server;
      servers.push(door);
      bound[name] = door.port;
      return door.port;
    };
    const ports = {
      grpc: await started(
        'grpc',
        startGrpcServer({ ...grpcLimits, ...options.grpc, ...shared, sampling, health }),
      ),
      http: await started(
        'http',
        startHttpServer({
          ...httpLimits,
          ...options.http,
          ...shared,
          metrics,
          clientConfig: clientConfig(sampling, options.metrics),
        }),
      ),
      tchannel: await started(
        'tchannel',
        startTchannelServer({
          ...options.tchannel,
          ...shared,
          sampling,
          metrics: options.metrics,
          maxCallBytes: MAX_MESSAGE_BYTES,
          maxCallsBytes: queueBytes,
        }),
      ),
      ...(zipkin && {
        zipkin: await started(
          'zipkin',
          startZipkinServer({ ...httpLimits, ...zipkin, ...shared, clock }),
        ),
      }),
      ...(otlpGrpc && {
        otlpGrpc: await started(
          'otlpGrpc',
          startOtlpGrpcServer({ ...grpcLimits, ...otlpGrpc, ...shared }),
        ),
      }),
      ...(otlpHttp && {
        otlpHttp: await started(
          'otlpHttp',
          startOtlpHttpServer({ ...httpLimits, ...otlpHttp, ...shared }),
        ),
      }),
    };
    await refuseOwnPort(options.forward, {
      otlpHttp: otlpHttp && { ...otlpHttp, port: ports.otlpHttp ?? 0 },
      otlpGrpc: otlpGrpc && { ...otlpGrpc, port: ports.otlpGrpc ?? 0 },
    });
    logger.info(portsForLog(ports), 'collector takes spans');
    return {
      ports,
      submit: (batch: EncodedBatch, format: SpanFormat) =>
        processor.submit(batch, format, 'in-process'),
      strategyOf: (service: string) => sampling.strategyOf(service),
    };
  });
}

/** A port that takes spans. */
interface Door {
  readonly port: number;
  close(deadline: AbortSignal): Promise<void>;
}

/** `grpcPort`, `httpPort` and so on. */
function portsForLog(ports: Collector['ports']): Record<string, number> {
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [`${name}Port`, port]));
}
