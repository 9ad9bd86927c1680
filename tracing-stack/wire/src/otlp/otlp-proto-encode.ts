import { type SpanId, type TraceId, ZERO_SPAN_ID } from '@spoor/model';
import { ProtoWriter } from '../proto/proto-writer.ts';
import { isMap } from './any-value.ts';
import {
  AnyValueField,
  EventField,
  KeyValueField,
  LinkField,
  ListField,
  RequestField,
  ResourceField,
  ResourceSpansField,
  ScopeField,
  ScopeSpansField,
  SpanField,
  StatusField,
} from './otlp-fields.ts';
import type {
  AnyValue,
  Attribute,
  OtlpEvent,
  OtlpLink,
  OtlpResourceSpans,
  OtlpScopeSpans,
  OtlpSpan,
} from './otlp-trace.ts';

/** Writes a `TracesData`, which is laid out as an `ExportTraceServiceRequest`. */
export function encodeOtlpProto(resources: readonly OtlpResourceSpans[]): Uint8Array {
  const writer = new ProtoWriter();
  for (const resource of resources) writeResourceSpans(writer, resource);
  return writer.bytes();
}

function writeResourceSpans(writer: ProtoWriter, { attributes, scopes }: OtlpResourceSpans): void {
  const message = writer.open(RequestField.resourceSpans);
  const resource = writer.open(ResourceSpansField.resource);
  writeAttributes(writer, ResourceField.attributes, attributes);
  writer.close(resource);
  for (const scope of scopes) writeScopeSpans(writer, scope);
  writer.close(message);
}

function writeScopeSpans(writer: ProtoWriter, { name, version, spans }: OtlpScopeSpans): void {
  const message = writer.open(ResourceSpansField.scopeSpans);
  const scope = writer.open(ScopeSpansField.scope);
  writeText(writer, ScopeField.name, name);
  writeText(writer, ScopeField.version, version);
  writer.close(scope);
  for (const span of spans) writeSpan(writer, span);
  writer.close(message);
}

function writeSpan(writer: ProtoWriter, span: OtlpSpan): void {
  const message = writer.open(ScopeSpansField.spans);
  writeId(writer, SpanField.traceId, span.traceId, 16);
  writeId(writer, SpanField.spanId, span.spanId, 8);
  writeText(writer, SpanField.traceState, span.traceState);
  writeId(writer, SpanField.parentSpanId, span.parentSpanId, 8);
  writeText(writer, SpanField.name, span.name);
  writeNumber(writer, SpanField.kind, span.kind);
  writeNanos(writer, SpanField.startTime, span.startTime);
  writeNanos(writer, SpanField.endTime, span.endTime);
  writeAttributes(writer, SpanField.attributes, span.attributes);
  for (const event of span.events) writeEvent(writer, event);
  for (const link of span.links) writeLink(writer, link);
  const status = writer.open(SpanField.status);
  writeText(writer, StatusField.message, span.statusMessage);
  writeNumber(writer, StatusField.code, span.statusCode);
  writer.close(status);
  writer.close(message);
}

function writeEvent(writer: ProtoWriter, { time, name, attributes }: OtlpEvent): void {
  const message = writer.open(SpanField.events);
  writeNanos(writer, EventField.time, time);
  writeText(writer, EventField.name, name);
  writeAttributes(writer, EventField.attributes, attributes);
  writer.close(message);
}

function writeLink(writer: ProtoWriter, { traceId, spanId, attributes }: OtlpLink): void {
  const message = writer.open(SpanField.links);
  writeId(writer, LinkField.traceId, traceId, 16);
  writeId(writer, LinkField.spanId, spanId, 8);
  writeAttributes(writer, LinkField.attributes, attributes);
  writer.close(message);
}

function writeAttributes(writer: ProtoWriter, tag: number, attributes: readonly Attribute[]): void {
  for (const { key, value } of attributes) writeKeyValue(writer, tag, key, value);
}

function writeKeyValue(writer: ProtoWriter, tag: number, key: string, value: AnyValue): void {
  const message = writer.open(tag);
  writeText(writer, KeyValueField.key, key);
  writeValue(writer, KeyValueField.value, value);
  writer.close(message);
}

/** The values are a oneof: also a zero is written, and only nothing is not. */
function writeValue(writer: ProtoWriter, tag: number, value: AnyValue): void {
  const message = writer.open(tag);
  switch (typeof value) {
    case 'undefined':
      break;
    case 'string':
      writer.varint32(AnyValueField.string);
      writer.string(value);
      break;
    case 'boolean':
      writer.varint32(AnyValueField.bool);
      writer.varint32(value ? 1 : 0);
      break;
    case 'bigint':
      writer.varint32(AnyValueField.int);
      writer.int64(value);
      break;
    case 'number':
      writer.varint32(AnyValueField.double);
      writer.double(value);
      break;
    default:
      writeCompound(writer, value);
  }
  writer.close(message);
}

function writeCompound(
  writer: ProtoWriter,
  value: Uint8Array | readonly AnyValue[] | ReadonlyMap<string, AnyValue>,
): void {
  if (value instanceof Uint8Array) {
    writer.varint32(AnyValueField.bytes);
    writer.binary(value);
    return;
  }
  const list = writer.open(isMap(value) ? AnyValueField.map : AnyValueField.array);
  if (isMap(value))
    for (const [key, member] of value) writeKeyValue(writer, ListField.values, key, member);
  else for (const element of value) writeValue(writer, ListField.values, element);
  writer.close(list);
}

/** An id of zeros is empty. */
function writeId(writer: ProtoWriter, tag: number, id: TraceId | SpanId, size: 8 | 16): void {
  writer.varint32(tag);
  if (id === ZERO_SPAN_ID) writer.varint32(0);
  else writer.id(id, size);
}

function writeText(writer: ProtoWriter, tag: number, text: string): void {
  if (text === '') return;
  writer.varint32(tag);
  writer.string(text);
}

function writeNumber(writer: ProtoWriter, tag: number, value: number): void {
  if (value === 0) return;
  writer.varint32(tag);
  writer.varint32(value);
}

function writeNanos(writer: ProtoWriter, tag: number, nanos: bigint): void {
  if (nanos === 0n) return;
  writer.varint32(tag);
  writer.fixed64(nanos);
}
