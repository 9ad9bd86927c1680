import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { cassandraAnswers, contractDirectory } from '@spoor/fixtures';
import type { KeyValue, Log, Process, Reference, Span, SpanId, TraceId } from '@spoor/model';
import { encodePostSpansRequest, encodeProtoBatch } from '@spoor/wire';
import type { Store } from './stores.ts';

/** A question to a query service, and what a real one answered to it, both moved to the day of the run. */
export interface RecordedCall {
  readonly name: string;
  readonly path: string;
  readonly status: number;
  readonly body: string;
}

/** Microseconds since 1970 at which the recorded trace of four spans begins, in either store. */
const START = { elasticsearch: 1795371500533000n, cassandra: 1795371645522000n } as const;

/** What was recorded of a store, as if the trace of four spans had begun at `start`. */
export function recordedCalls(recorded: Store['recorded'], start: bigint): RecordedCall[] {
  const shift = start - START[recorded];
  return answersOf(recorded).map(({ name, request, status, body }) => ({
    name,
    status,
    path: moved(request, shift),
    body: moved(body, shift),
  }));
}

function answersOf(recorded: Store['recorded']) {
  if (recorded === 'cassandra') return cassandraAnswers();
  const answers = JSON.parse(read('answers.json')) as Record<
    string,
    { request: string; status: number; body: unknown }
  >;
  return Object.entries(answers).map(([name, { request, status, body }]) => ({
    name,
    request,
    status,
    body: JSON.stringify(body),
  }));
}

/** Every time of the recorded day, in microseconds or milliseconds, moved by `shift` microseconds. */
function moved(text: string, shift: bigint): string {
  return text
    .replace(/\b17953\d{11}\b/g, (micros) => String(BigInt(micros) + shift))
    .replace(/\b17953\d{8}\b/g, (millis) => String(BigInt(millis) + shift / 1000n));
}

function read(name: string): string {
  return readFileSync(join(contractDirectory, 'elasticsearch', name), 'utf8');
}

interface TagDocument {
  readonly key: string;
  readonly type: KeyValue['type'];
  readonly value: string;
}

interface SpanDocument {
  readonly traceID: string;
  readonly spanID: string;
  readonly operationName: string;
  readonly flags?: number;
  readonly references: readonly {
    refType: Reference['refType'];
    traceID: string;
    spanID: string;
  }[];
  readonly startTime: number;
  readonly duration: number;
  readonly tags: readonly TagDocument[];
  readonly logs: readonly { timestamp: number; fields: readonly TagDocument[] }[];
  readonly process: { readonly serviceName: string; readonly tags: readonly TagDocument[] };
}

/** What was posted on a span and came back from Cassandra; Jaeger's documents in Elasticsearch have no room for it. */
const WARNINGS: Readonly<Record<string, readonly string[]>> = {
  'short-ids': ['clock skew adjusted', 'second warning'],
};

/** The spans of which the answers tell, as a client would report them. */
export function recordedSpans(recorded: Store['recorded'], start: bigint): Span[] {
  const documents = JSON.parse(moved(read('documents.json'), start - START.elasticsearch)) as {
    'spans-8': { _source: SpanDocument }[];
  };
  const spans = documents['spans-8'].map(({ _source }) => spanOf(_source));
  if (recorded === 'elasticsearch') return spans;
  return spans.map((span) => ({ ...span, warnings: WARNINGS[span.operationName] ?? [] }));
}

function spanOf(document: SpanDocument): Span {
  const { traceID, spanID, operationName, flags = 0, startTime, duration } = document;
  const process: Process = {
    serviceName: document.process.serviceName,
    tags: document.process.tags.map(tagOf),
  };
  return {
    traceId: traceID as TraceId,
    spanId: spanID as SpanId,
    operationName,
    flags,
    startTime,
    duration,
    process,
    references: document.references.map(({ refType, traceID, spanID }) => ({
      refType,
      traceId: traceID as TraceId,
      spanId: spanID as SpanId,
    })),
    // The collector adds it.
    tags: document.tags.filter(({ key }) => key !== 'internal.span.format').map(tagOf),
    logs: document.logs.map(
      ({ timestamp, fields }): Log => ({ timestamp, fields: fields.map(tagOf) }),
    ),
    warnings: [],
  };
}

/** Elasticsearch keeps every value as text. */
function tagOf({ key, type, value }: TagDocument): KeyValue {
  switch (type) {
    case 'string':
      return { key, type, value };
    case 'bool':
      return { key, type, value: value === 'true' };
    case 'int64':
      return { key, type, value: BigInt(value) };
    case 'float64':
      return { key, type, value: Number(value) };
    case 'binary':
      return { key, type, value: Buffer.from(value, 'hex') };
  }
}

/** Posts spans to the collector on 14250 as an agent does, a batch for each process. */
export async function postSpans(spans: readonly Span[]): Promise<void> {
  const client = new Client('127.0.0.1:14250', credentials.createInsecure());
  try {
    for (const span of spans) {
      const request = encodePostSpansRequest(encodeProtoBatch([span]));
      await new Promise<void>((resolve, reject) => {
        client.makeUnaryRequest(
          '/jaeger.api_v2.CollectorService/PostSpans',
          (bytes: Uint8Array) => Buffer.from(bytes),
          (bytes) => bytes,
          request,
          (error) => (error ? reject(error) : resolve()),
        );
      });
    }
  } finally {
    client.close();
  }
}
