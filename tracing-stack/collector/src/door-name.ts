import type { SpanFormat } from '@spoor/storage-api';
import type { Transport } from './collector-metrics.ts';

const DOORS: Readonly<Record<string, string>> = {
  'grpc proto': 'gRPC 14250, jaeger.api_v2 from agents',
  'tchannel jaeger': 'TChannel 14267, jaeger.thrift from agents',
  'tchannel zipkin': 'TChannel 14267, zipkincore.thrift from agents',
  'http jaeger': 'HTTP 14268, jaeger.thrift over binary Thrift',
  'http zipkin': 'HTTP 9411, Zipkin',
  'http otlp': 'HTTP 4318, OTLP',
  'grpc otlp': 'gRPC 4317, OTLP',
};

/** The door by which spans of a format come over a transport, by its usual port; `undefined` for the same process. */
export function doorName(format: SpanFormat, transport: Transport): string | undefined {
  return DOORS[`${transport} ${format}`];
}
