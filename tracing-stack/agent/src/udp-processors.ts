import { decodeEmitBatch, decodeEmitBatchBinary, type EncodedBatch } from '@spoor/wire';

/** Jaeger's name of a UDP port: the encoding of the packets that are taken there. */
export type UdpProtocol = 'compact' | 'binary';

/** The agent's UDP ports: what sets them apart. */
export const UDP_PROCESSORS = {
  compact: { flags: 'processor.jaeger-compact', decode: decodeEmitBatch },
  binary: { flags: 'processor.jaeger-binary', decode: decodeEmitBatchBinary },
} as const satisfies Record<UdpProtocol, UdpProcessor>;

export interface UdpProcessor {
  /** How its flags begin. */
  readonly flags: string;
  /** Throws `DecodeError` for a packet that is none of ours. */
  readonly decode: (packet: Uint8Array) => EncodedBatch;
}
