import type { EncodedBatch } from './encoded-batch.ts';
import { METHOD as EMIT_BATCH, readEmitBatch } from './jaeger-thrift/emit-batch.ts';
import { binaryBatch, compactBatch } from './jaeger-thrift/thrift-batch.ts';
import { BinaryReader } from './thrift/binary-reader.ts';
import { CompactReader } from './thrift/compact-reader.ts';
import {
  readBinaryCall,
  readCompactCall,
  type ThriftCall,
  unknownMethod,
} from './thrift/thrift-call.ts';
import type { ThriftReader } from './thrift/thrift-reader.ts';
import { EMIT_ZIPKIN_BATCH, readEmitZipkinBatch } from './zipkin/emit-zipkin-batch.ts';

/** A datagram to an agent: its batch, and whose spans they were. What was Zipkin's is Jaeger's proto now. */
export interface AgentCall {
  readonly model: 'jaeger' | 'zipkin';
  readonly batch: EncodedBatch;
}

/**
 * Reads a datagram of UDP 6831 or 5775: `emitBatch` or `emitZipkinBatch` in the compact protocol; protos/agent.thrift has
 * both. What it returns is whole. Throws `DecodeError`.
 */
export function decodeAgentCall(datagram: Uint8Array): AgentCall {
  const reader = new CompactReader(datagram);
  return readArguments(readCompactCall(reader), reader, compactBatch);
}

/** Reads a datagram of UDP 6832: the same calls in the binary protocol. */
export function decodeAgentCallBinary(datagram: Uint8Array): AgentCall {
  const reader = new BinaryReader(datagram);
  return readArguments(readBinaryCall(reader), reader, binaryBatch);
}

function readArguments(
  call: ThriftCall,
  reader: ThriftReader,
  batchOf: typeof compactBatch,
): AgentCall {
  switch (call.method) {
    case EMIT_BATCH:
      return { model: 'jaeger', batch: readEmitBatch(reader, batchOf) };
    case EMIT_ZIPKIN_BATCH:
      return { model: 'zipkin', batch: readEmitZipkinBatch(reader) };
    default:
      throw unknownMethod(call, EMIT_BATCH);
  }
}
