import type { Process, Span } from '@spoor/model';
import {
  BINARY_BATCH_OVERHEAD,
  emitBatchDatagram,
  emitBatchSize,
  encodeBinaryProcess,
  encodeBinarySpan,
  encodeCompactProcess,
  encodeCompactSpan,
  joinBinaryBatch,
} from '@spoor/wire';

/** How spans of one process become bytes that travel together. */
export interface PacketFormat {
  /** What a packet is called where it travels, in messages. */
  readonly unit: 'packet' | 'request';
  /** Bytes of a packet at most. */
  readonly maxSize: number;
  readonly encodeProcess: (process: Process) => Uint8Array;
  readonly encodeSpan: (span: Span) => Uint8Array;
  /** Bytes of a packet of `count` spans beside its process and its spans. */
  readonly overhead: (count: number) => number;
  readonly join: (process: Uint8Array, spans: readonly Uint8Array[], seqNo: number) => Uint8Array;
}

/** Message numbers are uint32; the longest is assumed, so that a size does not depend on the number. */
const MAX_SEQ_NO = 0xffff_ffff;
const EMPTY_DATAGRAM = emitBatchSize({ processLength: 0, spanLengths: [], seqNo: MAX_SEQ_NO });

/**
 * For UDP 6831: a oneway message `emitBatch` in compact Thrift. The largest that agents take is some less than UDP's own
 * limit of 65,507 bytes over IPv4.
 */
export const COMPACT_DATAGRAM: PacketFormat = {
  unit: 'packet',
  maxSize: 65_000,
  encodeProcess: encodeCompactProcess,
  encodeSpan: encodeCompactSpan,
  overhead: (count) => EMPTY_DATAGRAM + longerList(count),
  join: (process, spans, seqNo) => emitBatchDatagram({ process, spans, seqNo }),
};

/** For HTTP 14268: a `Batch` in binary Thrift, as large as a collector takes it that was not told otherwise. */
export const BINARY_BODY: PacketFormat = {
  unit: 'request',
  maxSize: 4 * 1024 * 1024,
  encodeProcess: encodeBinaryProcess,
  encodeSpan: encodeBinarySpan,
  overhead: () => BINARY_BATCH_OVERHEAD,
  join: joinBinaryBatch,
};

/** Bytes that the header of a list of `count` elements has more than that of an empty one: from 15 on, a varint. */
function longerList(count: number): number {
  if (count < 15) return 0;
  return count < 0x80 ? 1 : count < 0x4000 ? 2 : 3;
}
