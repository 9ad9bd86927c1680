import { encodeRpcStatus, jsonString, type RpcStatus } from '@spoor/wire';
import { answerTo } from '../collector-error.ts';
import { RETRY_AFTER_SECONDS } from '../http/go-answer.ts';
import { RequestError } from '../http/request-error.ts';

/** An `ExportTraceServiceResponse` that says that all was taken: an empty `partial_success`. */
export const EXPORT_RESPONSE = {
  proto: Buffer.of(0x0a, 0x00),
  json: Buffer.from('{"partialSuccess":{}}'),
};

/**
 * What a request that was not stored is answered. OTLP's senders give one up which is answered RESOURCE_EXHAUSTED, unless
 * they are told when to come again; one that is too large never may.
 */
export function rpcStatusOf(error: unknown): RpcStatus {
  const message = error instanceof Error ? error.message : String(error);
  const { grpc, http } = answerTo(error);
  return {
    code: grpc,
    message: error instanceof RequestError ? error.answer : message,
    ...(http === 503 && { retrySeconds: RETRY_AFTER_SECONDS }),
  };
}

/** The same in OTLP's JSON. */
export function rpcStatusJson({ code, message }: RpcStatus): Buffer {
  return Buffer.from(`{"code":${code},"message":${jsonString(message)}}`);
}

/** The same in proto. */
export function rpcStatusProto(answer: RpcStatus): Buffer {
  return Buffer.from(encodeRpcStatus(answer));
}
