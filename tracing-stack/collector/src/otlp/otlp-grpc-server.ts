import { type handleUnaryCall, Metadata } from '@grpc/grpc-js';
import type { Logger } from '@spoor/platform';
import { decodeOtlpProto, type EncodedBatch } from '@spoor/wire';
import { type GrpcDoor, type GrpcDoorOptions, startGrpcDoor } from '../grpc/grpc-door.ts';
import { grpcMessage } from '../grpc/grpc-message.ts';
import type { SpanProcessor } from '../span-processor.ts';
import { rpcStatusOf, rpcStatusProto } from './export-answer.ts';
import { loadTraceService } from './trace-service.ts';

export interface OtlpGrpcServerOptions extends GrpcDoorOptions {
  readonly processor: SpanProcessor;
  readonly logger: Logger;
}

/** Serves OpenTelemetry's TraceService without TLS. */
export async function startOtlpGrpcServer(options: OtlpGrpcServerOptions): Promise<GrpcDoor> {
  const flag = 'collector.otlp.grpc.host-port';
  return startGrpcDoor({ ...options, flag }, [
    {
      service: await loadTraceService(),
      methods: { Export: exportTraces(options) },
      refused: (error) => options.processor.reject(error, 'grpc'),
    },
  ]);
}

function exportTraces({
  processor,
  logger,
}: OtlpGrpcServerOptions): handleUnaryCall<Buffer, object> {
  return async (call, callback) => {
    try {
      await processor.submit(readRequest(call.request, processor), 'otlp', 'grpc', {
        message: grpcMessage(call, 'otlp-grpc'),
      });
    } catch (error) {
      const answer = rpcStatusOf(error);
      logger.debug({ peer: call.getPeer(), ...answer }, 'OTLP batch refused');
      const metadata = new Metadata();
      metadata.set('grpc-status-details-bin', rpcStatusProto(answer));
      callback({ code: answer.code, details: answer.message, metadata });
      return;
    }
    callback(null, {});
  };
}

function readRequest(request: Buffer, processor: SpanProcessor): EncodedBatch {
  try {
    return decodeOtlpProto(request);
  } catch (error) {
    processor.reject(error, 'grpc');
    throw error;
  }
}
