import type { SpanFormat } from '@spoor/storage-api';
import type { Transport } from './collector-metrics.ts';

/** The ports at which the collector listens, by what they are for; those that are open so far. */
export type DoorPorts = {
  [name in 'grpc' | 'http' | 'tchannel' | 'zipkin' | 'otlpGrpc' | 'otlpHttp']?: number;
};

interface DoorKind {
  readonly protocol: string;
  readonly port: keyof DoorPorts;
  /** What is spoken there. */
  readonly speech: string;
}

function kind(protocol: string, port: keyof DoorPorts, speech: string): DoorKind {
  return { protocol, port, speech };
}

const DOORS: Readonly<Record<string, DoorKind>> = {
  'grpc proto': kind('gRPC', 'grpc', 'jaeger.api_v2 from agents'),
  'tchannel jaeger': kind('TChannel', 'tchannel', 'jaeger.thrift from agents'),
  'tchannel zipkin': kind('TChannel', 'tchannel', 'zipkincore.thrift from agents'),
  'http jaeger': kind('HTTP', 'http', 'jaeger.thrift over binary Thrift'),
  'http zipkin': kind('HTTP', 'zipkin', 'Zipkin'),
  'http otlp': kind('HTTP', 'otlpHttp', 'OTLP'),
  'grpc otlp': kind('gRPC', 'otlpGrpc', 'OTLP'),
};

/** The door by which spans of a format come over a transport, by its port; `undefined` for the same process. */
export function doorName(
  format: SpanFormat,
  transport: Transport,
  ports: DoorPorts,
): string | undefined {
  const door = DOORS[`${transport} ${format}`];
  return door && `${door.protocol} ${ports[door.port]}, ${door.speech}`;
}

/** The port of that door. */
export function doorPort(
  format: SpanFormat,
  transport: Transport,
  ports: DoorPorts,
): number | undefined {
  const door = DOORS[`${transport} ${format}`];
  return door && ports[door.port];
}
