import {
  type KeyValue,
  type Log,
  MAX_MICROS,
  type Micros,
  type Span,
  valueAsString,
} from '@spoor/model';
import { exactJson } from './exact-json.ts';
import { type MoreOfSpan, withinNestedLimit } from './nested-limit.ts';
import { fieldValue, type TagFields } from './tag-fields.ts';

/** A tag as Jaeger keeps it: every value is a text. */
export interface TagDocument {
  readonly key: string;
  readonly type: string;
  readonly value: string;
  /** Ours, not indexed: the float64, as a number or as `NaN`, `+Inf`, `-Inf`, where type and value do not tell all of it. */
  readonly exact?: number | string;
  /** Ours, not indexed: what of the span did not fit. */
  readonly more?: MoreOfSpan;
}

export interface LogDocument {
  readonly timestamp: number;
  readonly fields: readonly TagDocument[] | null;
  /** Ours, not indexed: a timestamp that Jaeger's field cannot hold. */
  readonly exact?: Micros;
}

/** A document of `jaeger-span-…`, field by field Jaeger's. */
export interface SpanDocument {
  readonly traceID: string;
  readonly spanID: string;
  /** Left out when 0, and where Jaeger's field, of 32 bits with a sign, cannot hold them. */
  readonly flags?: number;
  readonly operationName: string;
  readonly references: readonly { refType: string; traceID: string; spanID: string }[];
  /** Microseconds since 1970. Jaeger reads it as an unsigned number: a negative one would fail its whole search. */
  readonly startTime: number;
  readonly startTimeMillis: number;
  /** Microseconds, unsigned too. */
  readonly duration: number;
  readonly tags: readonly TagDocument[];
  readonly tag?: Readonly<Record<string, string | number | bigint | boolean>>;
  readonly logs: readonly LogDocument[];
  readonly process: {
    readonly serviceName: string;
    readonly tags: readonly TagDocument[];
    readonly tag?: Readonly<Record<string, string | number | bigint | boolean>>;
  };
  /** Ours, only where Jaeger's fields cannot hold the number. */
  readonly spoor?: ExactNumbers;
}

export interface ExactNumbers {
  readonly startTime?: Micros;
  readonly duration?: Micros;
  readonly flags?: number;
}

/** The tag that carries a span's n-th warning, counted from 1: Jaeger's own name for it in Cassandra. */
export const WARNING_TAG = '$$span.warning.';

/** The document's JSON: `spanDocument` and its numbers as they are. */
export function spanJson(span: Span, fields: TagFields): string {
  const document = withinNestedLimit(spanDocument(span, fields));
  // Only fields hold a bigint, and the exact way takes several times as long.
  return fields.none ? JSON.stringify(document) : exactJson(document);
}

export function spanDocument(span: Span, fields: TagFields): SpanDocument {
  const { startTime, duration } = span;
  const warnings = span.warnings.map(
    (value, i): KeyValue => ({ key: `${WARNING_TAG}${i + 1}`, type: 'string', value }),
  );
  const tags = splitTags([...span.tags, ...warnings], fields);
  const process = splitTags(span.process.tags, fields);
  const exact = exactNumbers(span);
  return {
    traceID: span.traceId,
    spanID: span.spanId,
    ...(span.flags !== 0 && isInteger(span.flags) && { flags: span.flags }),
    operationName: span.operationName,
    references: span.references.map(({ refType, traceId, spanId }) => ({
      refType,
      traceID: traceId,
      spanID: spanId,
    })),
    startTime: unsigned(startTime),
    startTimeMillis: Math.floor(unsigned(startTime) / 1000),
    duration: unsigned(duration),
    ...tags,
    logs: span.logs.map(logDocument),
    process: { serviceName: span.process.serviceName, ...process },
    ...(exact && { spoor: exact }),
  };
}

function exactNumbers({ startTime, duration, flags }: Span): ExactNumbers | undefined {
  if (fits(startTime) && fits(duration) && isInteger(flags)) return undefined;
  return {
    ...(!fits(startTime) && { startTime: inLong(startTime) }),
    ...(!fits(duration) && { duration: inLong(duration) }),
    ...(!isInteger(flags) && { flags }),
  };
}

function fits(value: Micros): boolean {
  return value === unsigned(value);
}

/** Whether a field of type `integer` holds it, and what Jaeger reads from there, which is unsigned. */
function isInteger(value: number): boolean {
  return value === (value & 0x7fff_ffff);
}

function unsigned(value: Micros): Micros {
  return Math.min(Math.max(value, 0), Number.MAX_SAFE_INTEGER);
}

function inLong(value: Micros): Micros {
  return Math.min(Math.max(value, -MAX_MICROS), MAX_MICROS);
}

/** Those tags that become fields, and the rest as a list. Of two of one key the first becomes a field. */
function splitTags(
  all: readonly KeyValue[],
  fields: TagFields,
): Pick<SpanDocument, 'tag' | 'tags'> {
  if (fields.none) return { tags: all.map(tagDocument) };
  const tags: TagDocument[] = [];
  const tag = new Map<string, string | number | bigint | boolean>();
  for (const one of all) {
    const name = fields.nameOf(one.key);
    const value = name === undefined || tag.has(name) ? undefined : fieldValue(one);
    if (name === undefined || value === undefined) tags.push(tagDocument(one));
    else tag.set(name, value);
  }
  return tag.size === 0 ? { tags } : { tags, tag: Object.fromEntries(tag) };
}

function tagDocument(tag: KeyValue): TagDocument {
  const { key, type } = tag;
  const value = valueAsString(tag);
  return tag.type === 'float64' ? floatDocument(key, tag.value, value) : { key, type, value };
}

/** `digits` are the ten that Jaeger writes. */
function floatDocument(key: string, value: number, digits: string): TagDocument {
  // As a float64 Jaeger's query service reads it, but cannot print it, and all of its search fails.
  if (!Number.isFinite(value)) return { key, type: 'string', value: digits, exact: digits };
  const told = Number(digits);
  if (told === value) return { key, type: 'float64', value: digits };
  // Rounded up, the largest is more than Go reads.
  if (!Number.isFinite(told)) return { key, type: 'float64', value: value.toExponential() };
  return { key, type: 'float64', value: digits, exact: value };
}

function logDocument({ timestamp, fields }: Log): LogDocument {
  return {
    timestamp: unsigned(timestamp),
    fields: fields.length === 0 ? null : fields.map(tagDocument),
    ...(!fits(timestamp) && { exact: inLong(timestamp) }),
  };
}
