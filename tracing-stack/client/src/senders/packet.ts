import type { PacketFormat } from './packet-format.ts';

/** Encoded spans of one process that travel together. */
export interface Packet {
  readonly process: Uint8Array;
  readonly spans: readonly Uint8Array[];
  /** Bytes of the packet, or up to four more: the number of a datagram takes one to five. */
  readonly size: number;
}

export function packetOf(
  process: Uint8Array,
  spans: readonly Uint8Array[],
  { overhead }: Pick<PacketFormat, 'overhead'>,
): Packet {
  const own = process.length + overhead(spans.length);
  return { process, spans, size: spans.reduce((sum, { length }) => sum + length, own) };
}

/** Two packets in the place of one that has two spans or more. */
export function halvesOf({ process, spans }: Packet, format: PacketFormat): [Packet, Packet] {
  const middle = spans.length >> 1;
  return [
    packetOf(process, spans.slice(0, middle), format),
    packetOf(process, spans.slice(middle), format),
  ];
}
