import { status } from '@grpc/grpc-js';
import { encodeRpcStatus, jsonString, type RpcStatus } from '@spoor/wire';
import { answerTo } from '../collector-error.ts';
import { RequestError } from '../http/request-error.ts';

/** An `ExportTraceServiceResponse` that says that all was taken: an empty `partial_success`. */
export const EXPORT_RESPONSE = {
  proto: Buffer.of(0x0a, 0x00),
  json: Buffer.from('{"partialSuccess":{}}'),
};

/** Seconds until a sender may come again: the store flushes many times meanwhile. */
export const RETRY_AFTER_SECONDS = 1;

/** What a request that was not stored is answered. */
export function rpcStatusOf(error: unknown): RpcStatus {
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: answerTo(error).grpc,
    message: error instanceof RequestError ? error.answer : message,
  };
}

/** The same in OTLP's JSON. */
export function rpcStatusJson({ code, message }: RpcStatus): Buffer {
  return Buffer.from(`{"code":${code},"message":${jsonString(message)}}`);
}

/**
 * The same in proto. OTLP's senders give a request up which is answered RESOURCE_EXHAUSTED, unless it says when to come
 * again.
 */
export function rpcStatusProto(answer: RpcStatus): Buffer {
  const retries = answer.code === status.RESOURCE_EXHAUSTED || answer.code === status.UNAVAILABLE;
  return Buffer.from(encodeRpcStatus(answer, retries ? RETRY_AFTER_SECONDS : undefined));
}
