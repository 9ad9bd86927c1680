import type { ReferenceType } from '@spoor/model';
import type { TraceSpan } from '../tree/trace-span.ts';
import type { KeyValueJson, TraceJson } from './jaeger-json.ts';
import { micros, parentReference, traceSpan } from './trace-spans.ts';

/** A value as the query API's JSON writes it; an int64 beyond 2^53 is text there. */
export type JsonValue = string | number | boolean;

/** A span as it came back from a query service, with tags and logs as plain records. */
export interface ObservedSpan extends TraceSpan {
  /** How it refers to its parent; absent for a root. */
  readonly parentReference?: ReferenceType;
  /** Of a key that is there twice, the last value. */
  readonly tags: Readonly<Record<string, JsonValue>>;
  /** The other values of a key that is there several times; absent if there are none. */
  readonly earlierTags?: readonly (readonly [key: string, value: JsonValue])[];
  readonly logs: readonly ObservedLog[];
  readonly processTags: Readonly<Record<string, JsonValue>>;
  /** Of the query service; absent if there are none. */
  readonly warnings?: readonly string[];
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

/** Reads a trace of `GET /api/traces/{id}`; the same from Jaeger's query service and ours. */
export function observedTrace(json: TraceJson): ObservedTrace {
  const spans = json.spans.map((span): ObservedSpan => {
    const reference = parentReference(span);
    const earlier = earlierOf(span.tags ?? []);
    return {
      ...traceSpan(span, json),
      ...(reference && { parentReference: reference.refType }),
      tags: record(span.tags),
      ...(earlier.length > 0 && { earlierTags: earlier }),
      logs: (span.logs ?? []).map(({ timestamp, fields }) => ({
        timestamp: micros(timestamp),
        fields: record(fields),
      })),
      processTags: record(json.processes[span.processID]?.tags),
      ...(span.warnings?.length && { warnings: span.warnings }),
    };
  });
  return { traceId: json.traceID, spans };
}

function earlierOf(tags: readonly KeyValueJson[]): [string, JsonValue][] {
  if (new Set(tags.map(({ key }) => key)).size === tags.length) return [];
  return tags
    .filter(({ key }, at) => tags.findLastIndex((tag) => tag.key === key) !== at)
    .map(({ key, value }) => [key, plain(value)]);
}

function record(pairs: readonly KeyValueJson[] | null | undefined): Record<string, JsonValue> {
  return Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, plain(value)]));
}

/** An empty binary value is `null` in the JSON. */
function plain(value: unknown): JsonValue {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return String(value ?? '');
}
