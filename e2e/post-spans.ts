import * as grpc from '@grpc/grpc-js';
import { tchannelReporter } from '@spoor/agent';
import type { Span } from '@spoor/model';
import { createLogger, createMetrics } from '@spoor/platform';
import {
  encodeBinaryBatch,
  encodeOtlpProto,
  encodePostSpansRequest,
  encodeProtoBatch,
  otlpFromSpans,
  protoBatch,
} from '@spoor/wire';

/** Sends spans of one process to a port. Resolves with whether they were acknowledged; rejects if there was no answer. */
export type Post = (spans: readonly Span[]) => Promise<boolean>;

/** By the number that Jaeger gives a door, how a client posts to it. */
export const POSTS: Readonly<Record<string, (port: number) => Post>> = {
  'gRPC 14250': (port) =>
    overGrpc(port, '/jaeger.api_v2.CollectorService/PostSpans', (spans) =>
      encodePostSpansRequest(encodeProtoBatch(spans)),
    ),
  'TChannel 14267': overTchannel,
  'HTTP 14268': (port) =>
    overHttp(`http://127.0.0.1:${port}/api/traces`, 'application/x-thrift', (spans) =>
      encodeBinaryBatch(processOf(spans), spans),
    ),
  'Zipkin 9411': (port) =>
    overHttp(`http://127.0.0.1:${port}/api/v2/spans`, 'application/json', zipkinJson),
  'OTLP 4317': (port) =>
    overGrpc(port, '/opentelemetry.proto.collector.trace.v1.TraceService/Export', (spans) =>
      encodeOtlpProto(otlpFromSpans(spans)),
    ),
  'OTLP 4318': (port) =>
    overHttp(`http://127.0.0.1:${port}/v1/traces`, 'application/x-protobuf', (spans) =>
      encodeOtlpProto(otlpFromSpans(spans)),
    ),
};

function overGrpc(port: number, method: string, encode: (spans: readonly Span[]) => Uint8Array) {
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return (spans: readonly Span[]) =>
    new Promise<boolean>((resolve, reject) => {
      client.makeUnaryRequest(
        method,
        (bytes: Uint8Array) => Buffer.from(bytes),
        (answer: Buffer) => answer,
        encode(spans),
        (error) => (error ? reject(error) : resolve(true)),
      );
    });
}

function overHttp(url: string, type: string, encode: (spans: readonly Span[]) => Uint8Array): Post {
  return async (spans) => {
    const headers = { 'Content-Type': type };
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: Buffer.from(encode(spans)),
    });
    await response.arrayBuffer();
    return response.ok;
  };
}

function overTchannel(port: number): Post {
  const { sink } = tchannelReporter({
    collectors: [{ host: '127.0.0.1', port }],
    logger: createLogger({ name: 'sender', level: 'silent' }),
    metrics: createMetrics(),
  });
  return async (spans) => {
    await sink.deliver(protoBatch(encodeProtoBatch(spans)));
    return true;
  };
}

function processOf([first]: readonly Span[]) {
  if (first === undefined) throw new Error('no spans');
  return first.process;
}

/** Nothing but what names a span. */
function zipkinJson(spans: readonly Span[]): Uint8Array {
  const list = spans.map(({ traceId, spanId, operationName, startTime, duration, process }) => ({
    traceId,
    id: spanId,
    name: operationName,
    timestamp: startTime,
    duration,
    localEndpoint: { serviceName: process.serviceName },
  }));
  return Buffer.from(JSON.stringify(list));
}
