import { type handleUnaryCall, Metadata, Server, type StatusObject } from '@grpc/grpc-js';
import type { Logger } from '@spoor/platform';
import { closeGrpcServer, listenGrpc } from '@spoor/platform/grpc';
import { decodePostSpansRequest } from '@spoor/wire';
import { answerTo } from '../collector-error.ts';
import type { SamplingProvider } from '../sampling/sampling-provider.ts';
import type { SpanProcessor } from '../span-processor.ts';
import { loadCollectorService } from './collector-service.ts';
import { getSamplingStrategy, loadSamplingService } from './sampling-service.ts';

export interface GrpcServerOptions {
  /** Empty for every interface. */
  readonly host: string;
  readonly port: number;
  /** Larger messages are refused with RESOURCE_EXHAUSTED. */
  readonly maxMessageBytes: number;
  /** Of all messages that one sender may have under way at once, if they are of the largest size. `CALLS` it always may. */
  readonly maxMessagesBytes: number;
  readonly maxConnectionAgeMs?: number;
  readonly maxConnectionAgeGraceMs?: number;
  readonly processor: SpanProcessor;
  readonly sampling: SamplingProvider;
  readonly logger: Logger;
}

export interface GrpcServer {
  readonly port: number;
  /** Refuses new calls and lets those under way end within `milliseconds`. */
  close(milliseconds: number): Promise<void>;
}

/** As many as our agents have under way: a store flushes them together, and who has more room is told so. */
const CALLS = 32;

/** Serves CollectorService and SamplingManager without TLS. */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcServer> {
  const { maxMessageBytes, maxMessagesBytes, maxConnectionAgeMs, maxConnectionAgeGraceMs } =
    options;
  const server = new Server({
    ...(maxConnectionAgeMs && { 'grpc.max_connection_age_ms': maxConnectionAgeMs }),
    ...(maxConnectionAgeGraceMs && { 'grpc.max_connection_age_grace_ms': maxConnectionAgeGraceMs }),
    'grpc.max_receive_message_length': maxMessageBytes,
    // A message is held from its first byte on, and counted when it is whole.
    'grpc.max_concurrent_streams': Math.max(CALLS, Math.floor(maxMessagesBytes / maxMessageBytes)),
    // Agents keep one connection for days: a ping finds those whose other end is gone.
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 20_000,
  });
  server.addService(await loadCollectorService(), { PostSpans: postSpans(options) });
  server.addService(await loadSamplingService(), {
    GetSamplingStrategy: getSamplingStrategy(options.sampling),
  });
  const { host, port } = options;
  const flag = 'collector.grpc-server.host-port';
  const bound = await listenGrpc(server, { component: 'collector', host, port, flag });
  return { port: bound, close: (milliseconds) => closeGrpcServer(server, milliseconds) };
}

function postSpans({ processor, logger }: GrpcServerOptions): handleUnaryCall<Buffer, object> {
  return async (call, callback) => {
    try {
      await processor.submit(readRequest(call.request, processor), 'proto', 'grpc');
    } catch (error) {
      const status = statusOf(error);
      logger.debug({ peer: call.getPeer(), ...status }, 'batch refused');
      callback({ ...status, metadata: new Metadata() });
      return;
    }
    callback(null, {});
  };
}

function readRequest(request: Buffer, processor: SpanProcessor) {
  try {
    return decodePostSpansRequest(request);
  } catch (error) {
    processor.reject(error, 'grpc');
    throw error;
  }
}

function statusOf(error: unknown): Pick<StatusObject, 'code' | 'details'> {
  const details = error instanceof Error ? error.message : String(error);
  return { code: answerTo(error).grpc, details };
}
