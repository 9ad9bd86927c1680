import {
  type AgentCall,
  decodeAgentCall,
  decodeAgentCallBinary,
  type WireLayout,
} from '@spoor/wire';

/** The agent's UDP ports, by short names. */
export type UdpProcessorName = 'compact' | 'binary' | 'zipkin';

/** The agent's UDP ports: what sets them apart. Each takes both calls; clients of old send Jaeger's to Zipkin's port. */
export const UDP_PROCESSORS = {
  compact: {
    flags: 'processor.jaeger-compact',
    protocol: 'compact',
    model: 'jaeger',
    shown: 'compact',
    layout: 'thrift-compact-call',
    decode: decodeAgentCall,
  },
  binary: {
    flags: 'processor.jaeger-binary',
    protocol: 'binary',
    model: 'jaeger',
    shown: 'binary',
    layout: 'thrift-binary-call',
    decode: decodeAgentCallBinary,
  },
  zipkin: {
    flags: 'processor.zipkin-compact',
    protocol: 'compact',
    model: 'zipkin',
    shown: 'zipkin-compact',
    layout: 'thrift-compact-call',
    decode: decodeAgentCall,
  },
} as const satisfies Record<UdpProcessorName, UdpProcessor>;

export interface UdpProcessor {
  /** How its flags begin. */
  readonly flags: string;
  /** Jaeger's labels of its counters. */
  readonly protocol: 'compact' | 'binary';
  readonly model: 'jaeger' | 'zipkin';
  /** Its name in our own counters and in the log. */
  readonly shown: string;
  readonly layout: WireLayout;
  /** Throws `DecodeError` for a packet that is none of ours. */
  readonly decode: (packet: Uint8Array) => AgentCall;
}

/** What is spoken at a port: `jaeger.thrift over compact Thrift`. */
export function spokenAs({ model, protocol }: Pick<UdpProcessor, 'model' | 'protocol'>): string {
  return `${model === 'jaeger' ? 'jaeger' : 'zipkincore'}.thrift over ${protocol} Thrift`;
}
