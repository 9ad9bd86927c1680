import { ProtoWriter } from './proto-writer.ts';
import { fieldTag, WireType } from './wire-type.ts';

const { VARINT, LENGTH } = WireType;

/** google.rpc.Status: what OTLP answers over HTTP, and gRPC in its trailer `grpc-status-details-bin`. */
const StatusField = {
  code: fieldTag(1, VARINT),
  message: fieldTag(2, LENGTH),
  details: fieldTag(3, LENGTH),
} as const;

/** google.protobuf.Any. */
const AnyField = { typeUrl: fieldTag(1, LENGTH), value: fieldTag(2, LENGTH) } as const;

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';
/** google.rpc.RetryInfo, and the google.protobuf.Duration in it. */
const RetryInfoField = { retryDelay: fieldTag(1, LENGTH), seconds: fieldTag(1, VARINT) } as const;

export interface RpcStatus {
  /** One of gRPC's. */
  readonly code: number;
  readonly message: string;
  /** After how long the sender may come again, if it may. */
  readonly retrySeconds?: number;
}

export function encodeRpcStatus({ code, message, retrySeconds }: RpcStatus): Uint8Array {
  const writer = new ProtoWriter();
  writer.varint32(StatusField.code);
  writer.varint32(code);
  writer.varint32(StatusField.message);
  writer.string(message);
  if (retrySeconds !== undefined) {
    const details = writer.open(StatusField.details);
    writer.varint32(AnyField.typeUrl);
    writer.string(RETRY_INFO);
    const info = writer.open(AnyField.value);
    const delay = writer.open(RetryInfoField.retryDelay);
    writer.varint32(RetryInfoField.seconds);
    writer.varint32(retrySeconds);
    writer.close(delay);
    writer.close(info);
    writer.close(details);
  }
  return writer.bytes();
}
