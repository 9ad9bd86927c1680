import { signedDuration, type TraceSpan } from '@spoor/analysis';

/** A value as the query API's JSON writes it; an int64 beyond 2^53 is text there. */
export type JsonValue = string | number | boolean;

/** A span as it came back from a query service, with tags and logs as plain records. */
export interface ObservedSpan extends TraceSpan {
  readonly tags: Readonly<Record<string, JsonValue>>;
  readonly logs: readonly ObservedLog[];
  readonly processTags: Readonly<Record<string, JsonValue>>;
}

export interface ObservedLog {
  /** Microseconds since 1970. */
  readonly timestamp: number;
  readonly fields: Readonly<Record<string, JsonValue>>;
}

export interface ObservedTrace {
  readonly traceId: string;
  readonly spans: readonly ObservedSpan[];
}

interface JsonKeyValue {
  readonly key: string;
  readonly value: JsonValue;
}

/** The part of `GET /api/traces/{id}` that is read here; the same from Jaeger's query service and ours. */
export interface TraceJson {
  readonly traceID: string;
  readonly spans: readonly {
    readonly traceID: string;
    readonly spanID: string;
    readonly operationName: string;
    readonly references?: readonly { refType: string; traceID: string; spanID: string }[] | null;
    readonly startTime: number;
    readonly duration: number;
    readonly tags?: readonly JsonKeyValue[] | null;
    readonly logs?: readonly { timestamp: number; fields: readonly JsonKeyValue[] }[] | null;
    readonly processID: string;
  }[];
  readonly processes: Readonly<
    Record<string, { readonly serviceName: string; readonly tags?: readonly JsonKeyValue[] | null }>
  >;
}

export function observedTrace(json: TraceJson): ObservedTrace {
  const spans = json.spans.map((span): ObservedSpan => {
    const own = (span.references ?? []).filter(({ traceID }) => traceID === span.traceID);
    const tags = record(span.tags ?? []);
    const process = json.processes[span.processID];
    return {
      spanId: span.spanID,
      parentId: (own.find(({ refType }) => refType === 'CHILD_OF') ?? own[0])?.spanID,
      operationName: span.operationName,
      serviceName: process?.serviceName ?? '',
      startTime: span.startTime,
      duration: signedDuration(span.duration),
      hasError: String(tags['error']) === 'true',
      tags,
      logs: (span.logs ?? []).map(({ timestamp, fields }) => ({
        timestamp,
        fields: record(fields),
      })),
      processTags: record(process?.tags ?? []),
    };
  });
  return { traceId: json.traceID, spans };
}

function record(pairs: readonly JsonKeyValue[]): Record<string, JsonValue> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}
