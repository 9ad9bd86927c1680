import { emitBatchSize } from '@spoor/wire';

/** The largest datagram that agents take, with some room below UDP's own limit of 65,507 bytes over IPv4. */
export const MAX_PACKET_SIZE = 65_000;

/** Encoded spans of one process that travel in one datagram. */
export interface Packet {
  readonly process: Uint8Array;
  readonly spans: readonly Uint8Array[];
  /** Bytes of the datagram, or up to four more. */
  readonly size: number;
}

/** Message numbers are uint32; the longest is assumed, so that a size does not depend on the number. */
const MAX_SEQ_NO = 0xffffffff;

export function packetSize(process: Uint8Array, spanLengths: readonly number[]): number {
  return emitBatchSize({ processLength: process.length, spanLengths, seqNo: MAX_SEQ_NO });
}

export function packetOf(process: Uint8Array, spans: readonly Uint8Array[]): Packet {
  const spanLengths = spans.map((span) => span.length);
  return { process, spans, size: packetSize(process, spanLengths) };
}

/** Two packets in the place of one that has two spans or more. */
export function halvesOf({ process, spans }: Packet): [Packet, Packet] {
  const middle = spans.length >> 1;
  return [packetOf(process, spans.slice(0, middle)), packetOf(process, spans.slice(middle))];
}
