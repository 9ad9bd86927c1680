import type { TraceId } from '@spoor/model';
import { DecodeError } from '../decode-error.ts';
import type { WireLayout } from '../messages/wire-message.ts';
import { ProtoReader } from '../proto/proto-reader.ts';
import { BinaryReader } from '../thrift/binary-reader.ts';
import { CompactReader } from '../thrift/compact-reader.ts';
import type { ThriftReader } from '../thrift/thrift-reader.ts';
import { jsonParts, OTLP_JSON, ZIPKIN_JSON } from './json-parts.ts';
import type { DissectedSpan, Dissection } from './part.ts';
import { PartList } from './part-list.ts';
import { protoFields } from './proto-parts.ts';
import { EXPORT_TRACES, LIST_OF_SPANS, POST_SPANS } from './proto-structures.ts';
import { holding, type Structure } from './structure.ts';
import { tchannelParts } from './tchannel-parts.ts';
import { thriftCallHead, thriftElements, thriftFields } from './thrift-parts.ts';
import { CALL_ARGUMENTS, JAEGER_BATCH, ZIPKIN_SPAN } from './thrift-structures.ts';

type Dissector = (list: PartList, bytes: Buffer) => void;

const DISSECTORS: Readonly<Record<WireLayout, Dissector>> = {
  'thrift-compact-call': (list, bytes) => thriftCall(list, new CompactReader(bytes)),
  'thrift-binary-call': (list, bytes) => thriftCall(list, new BinaryReader(bytes)),
  'jaeger-thrift': (list, bytes) => thriftFields(list, new BinaryReader(bytes), JAEGER_BATCH),
  'zipkin-thrift': zipkinThrift,
  'zipkin-v1-json': (list, bytes) => jsonParts(list, bytes, ZIPKIN_JSON),
  'zipkin-v2-json': (list, bytes) => jsonParts(list, bytes, ZIPKIN_JSON),
  'zipkin-proto': (list, bytes) => proto(list, bytes, LIST_OF_SPANS),
  'otlp-json': (list, bytes) => jsonParts(list, bytes, OTLP_JSON),
  'otlp-proto': (list, bytes) => proto(list, bytes, EXPORT_TRACES),
  'otlp-grpc': (list, bytes) => grpcProto(list, bytes, EXPORT_TRACES),
  'jaeger-grpc': (list, bytes) => grpcProto(list, bytes, POST_SPANS),
  'tchannel-call': tchannelParts,
};

/**
 * What the bytes of a message mean, and which bytes say it. What lies in spans of other traces than `traceId` is left out.
 * Bytes that cannot be read end in a part that says why.
 */
export function dissect(layout: WireLayout, received: Uint8Array, traceId?: TraceId): Dissection {
  return dissectInto(new PartList(traceId), layout, received);
}

/** The spans of the trace in a message alone, in a fraction of the time. */
export function spansWithin(
  layout: WireLayout,
  received: Uint8Array,
  traceId: TraceId,
): readonly DissectedSpan[] {
  return dissectInto(new PartList(traceId, true), layout, received).spans;
}

function dissectInto(list: PartList, layout: WireLayout, received: Uint8Array): Dissection {
  const rebuilt = layout === 'jaeger-grpc' || layout === 'otlp-grpc' ? GRPC_PREFIX_BYTES : 0;
  const bytes = rebuilt > 0 ? withGrpcPrefix(received) : bufferOf(received);
  try {
    DISSECTORS[layout](list, bytes);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const start = Math.min(error.offset, bytes.length);
    list.depth = 0;
    list.add({ start, end: bytes.length, name: '', type: 'unreadable', value: error.reason });
  }
  return { bytes, rebuilt, parts: list.parts, spans: list.spans };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function thriftCall(list: PartList, reader: ThriftReader): void {
  const method = thriftCallHead(list, reader);
  const structure = CALL_ARGUMENTS[method];
  const start = reader.offset;
  list.nest({ start, name: 'arguments', type: structure?.name ?? 'struct' }, () => {
    thriftFields(list, reader, structure);
    return reader.offset;
  });
}

function zipkinThrift(list: PartList, bytes: Buffer): void {
  const reader = new BinaryReader(bytes);
  list.nest({ start: 0, name: 'spans', type: `list<${ZIPKIN_SPAN.name}>` }, () => {
    thriftElements(list, reader, holding('spans', ZIPKIN_SPAN));
    return reader.offset;
  });
}

function proto(list: PartList, bytes: Buffer, structure: Structure): void {
  protoFields(list, new ProtoReader(bytes), structure);
}

/** Flags, of which 1 says that the message is compressed, and its length: before each message of gRPC. */
const GRPC_PREFIX_BYTES = 5;

function withGrpcPrefix(message: Uint8Array): Buffer {
  const bytes = Buffer.alloc(GRPC_PREFIX_BYTES + message.length);
  bytes.writeUInt32BE(message.length, 1);
  bytes.set(message, GRPC_PREFIX_BYTES);
  return bytes;
}

function grpcProto(list: PartList, bytes: Buffer, structure: Structure): void {
  const length = `${bytes.readUInt32BE(1)}`;
  list.nest({ start: 0, name: 'gRPC prefix', type: '5 bytes' }, () => {
    list.add({ start: 0, end: 1, name: 'compressed', type: ':1', value: '0' });
    list.add({ start: 1, end: 5, name: 'length', type: ':4', value: length });
    return GRPC_PREFIX_BYTES;
  });
  list.nest({ start: GRPC_PREFIX_BYTES, name: 'message', type: structure.name }, () => {
    const reader = new ProtoReader(bytes);
    reader.offset = GRPC_PREFIX_BYTES;
    protoFields(list, reader, structure);
    return bytes.length;
  });
}
