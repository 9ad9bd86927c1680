import { type handleUnaryCall, Metadata, type StatusObject } from '@grpc/grpc-js';
import type { Logger } from '@spoor/platform';
import { addHealthService, addReflectionService, CallHandlers } from '@spoor/platform/grpc';
import { decodePostSpansRequest } from '@spoor/wire';
import { answerTo } from '../collector-error.ts';
import type { SamplingProvider } from '../sampling/sampling-provider.ts';
import type { SpanProcessor } from '../span-processor.ts';
import { loadCollectorService } from './collector-service.ts';
import { type GrpcDoor, type GrpcDoorOptions, startGrpcDoor } from './grpc-door.ts';
import { grpcMessage } from './grpc-message.ts';
import { getSamplingStrategy, loadSamplingService } from './sampling-service.ts';

export interface GrpcServerOptions extends GrpcDoorOptions {
  readonly processor: SpanProcessor;
  readonly sampling: SamplingProvider;
  /** Rejects while spans cannot be stored. */
  readonly health: () => Promise<void>;
  readonly logger: Logger;
}

const NAMES = ['jaeger.api_v2.CollectorService', 'jaeger.api_v2.SamplingManager'];

/** Serves CollectorService and SamplingManager, gRPC's health and reflection, without TLS. */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcDoor> {
  const { health, logger, processor, sampling } = options;
  const services = [
    {
      service: await loadCollectorService(),
      methods: { PostSpans: postSpans(options) },
      refused: (error: unknown) => processor.reject(error, 'grpc'),
    },
    {
      service: await loadSamplingService(),
      methods: { GetSamplingStrategy: getSamplingStrategy(sampling) },
    },
  ];
  const flag = 'collector.grpc-server.host-port';
  return startGrpcDoor({ ...options, flag }, services, async (server) => {
    const handlers = new CallHandlers({ statusOf: () => undefined, logger });
    await addHealthService(server, handlers, NAMES, health);
    const files = ['collector.proto', 'sampling.proto', 'health.proto'];
    await addReflectionService(server, files, [...NAMES, 'grpc.health.v1.Health']);
  });
}

function postSpans({ processor, logger }: GrpcServerOptions): handleUnaryCall<Buffer, object> {
  return async (call, callback) => {
    try {
      await processor.submit(readRequest(call.request, processor), 'proto', 'grpc', {
        message: grpcMessage(call, 'jaeger-grpc'),
      });
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
