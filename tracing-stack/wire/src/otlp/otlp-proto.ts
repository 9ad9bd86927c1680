import {
  hexFromBytes,
  type SpanId,
  type TraceId,
  traceIdFromBytes,
  ZERO_SPAN_ID,
} from '@spoor/model';
import { names } from '../names.ts';
import { ProtoReader } from '../proto/proto-reader.ts';
import { END } from '../proto/wire-type.ts';
import {
  EventField,
  LinkField,
  RequestField,
  ResourceField,
  ResourceSpansField,
  ScopeField,
  ScopeSpansField,
  SpanField,
  StatusField,
} from './otlp-fields.ts';
import {
  type Attribute,
  type OtlpEvent,
  type OtlpLink,
  type OtlpResourceSpans,
  type OtlpScopeSpans,
  type OtlpSpan,
  SpanKind,
  StatusCode,
} from './otlp-trace.ts';
import { readAttribute } from './proto-attributes.ts';

/** Reads an `ExportTraceServiceRequest`. Throws `DecodeError`. */
export function readOtlpProto(bytes: Uint8Array): OtlpResourceSpans[] {
  const reader = new ProtoReader(bytes);
  const resources: OtlpResourceSpans[] = [];
  eachField(reader, (tag) => {
    if (tag === RequestField.resourceSpans) resources.push(inside(reader, readResourceSpans));
    else reader.skipField(tag);
  });
  return resources;
}

function eachField(reader: ProtoReader, read: (tag: number) => void): void {
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) read(tag);
}

/** Reads the message that stands here. */
function inside<T>(reader: ProtoReader, read: (reader: ProtoReader) => T): T {
  const outer = reader.open();
  const message = read(reader);
  reader.close(outer);
  return message;
}

function readResourceSpans(reader: ProtoReader): OtlpResourceSpans {
  const attributes: Attribute[] = [];
  const scopes: OtlpScopeSpans[] = [];
  const libraries: OtlpScopeSpans[] = [];
  eachField(reader, (tag) => {
    if (tag === ResourceSpansField.resource) {
      // One after the other: a resource may come in any number of parts, of any number of attributes.
      for (const attribute of inside(reader, readResource)) attributes.push(attribute);
    } else if (tag === ResourceSpansField.scopeSpans) scopes.push(inside(reader, readScopeSpans));
    else if (tag === ResourceSpansField.librarySpans)
      libraries.push(inside(reader, readScopeSpans));
    else reader.skipField(tag);
  });
  return { attributes, scopes: scopes.length > 0 ? scopes : libraries };
}

function readResource(reader: ProtoReader): Attribute[] {
  const attributes: Attribute[] = [];
  eachField(reader, (tag) => {
    if (tag === ResourceField.attributes) attributes.push(readAttribute(reader));
    else reader.skipField(tag);
  });
  return attributes;
}

function readScopeSpans(reader: ProtoReader): OtlpScopeSpans {
  const scope = { name: '', version: '' };
  const spans: OtlpSpan[] = [];
  eachField(reader, (tag) => {
    if (tag === ScopeSpansField.scope) inside(reader, () => readScope(reader, scope));
    else if (tag === ScopeSpansField.spans) spans.push(inside(reader, readSpan));
    else reader.skipField(tag);
  });
  return { ...scope, spans };
}

function readScope(reader: ProtoReader, scope: { name: string; version: string }): void {
  eachField(reader, (tag) => {
    if (tag === ScopeField.name) scope.name = reader.text(names);
    else if (tag === ScopeField.version) scope.version = reader.text(names);
    else reader.skipField(tag);
  });
}

function readSpan(reader: ProtoReader): OtlpSpan {
  let traceId: TraceId = ZERO_SPAN_ID;
  let spanId = ZERO_SPAN_ID;
  let parentSpanId = ZERO_SPAN_ID;
  let traceState = '';
  let name = '';
  let kind: number = SpanKind.UNSPECIFIED;
  let startTime = 0n;
  let endTime = 0n;
  const attributes: Attribute[] = [];
  const events: OtlpEvent[] = [];
  const links: OtlpLink[] = [];
  const status = { code: StatusCode.UNSET as number, message: '' };
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    switch (tag) {
      case SpanField.traceId:
        traceId = readTraceId(reader);
        break;
      case SpanField.spanId:
        spanId = readSpanId(reader);
        break;
      case SpanField.traceState:
        traceState = reader.text(names);
        break;
      case SpanField.parentSpanId:
        parentSpanId = readSpanId(reader);
        break;
      case SpanField.name:
        name = reader.text(names);
        break;
      case SpanField.kind:
        kind = reader.int32();
        break;
      case SpanField.startTime:
        startTime = reader.fixed64();
        break;
      case SpanField.endTime:
        endTime = reader.fixed64();
        break;
      case SpanField.attributes:
        attributes.push(readAttribute(reader));
        break;
      case SpanField.events:
        events.push(inside(reader, readEvent));
        break;
      case SpanField.links:
        links.push(inside(reader, readLink));
        break;
      case SpanField.status:
        inside(reader, () => readStatus(reader, status));
        break;
      default:
        reader.skipField(tag);
    }
  }
  return {
    traceId,
    spanId,
    parentSpanId,
    traceState,
    name,
    kind,
    startTime,
    endTime,
    attributes,
    events,
    links,
    statusCode: status.code,
    statusMessage: status.message,
  };
}

function readEvent(reader: ProtoReader): OtlpEvent {
  let time = 0n;
  let name = '';
  const attributes: Attribute[] = [];
  eachField(reader, (tag) => {
    if (tag === EventField.time) time = reader.fixed64();
    else if (tag === EventField.name) name = reader.text(names);
    else if (tag === EventField.attributes) attributes.push(readAttribute(reader));
    else reader.skipField(tag);
  });
  return { time, name, attributes };
}

function readLink(reader: ProtoReader): OtlpLink {
  let traceId: TraceId = ZERO_SPAN_ID;
  let spanId = ZERO_SPAN_ID;
  const attributes: Attribute[] = [];
  eachField(reader, (tag) => {
    if (tag === LinkField.traceId) traceId = readTraceId(reader);
    else if (tag === LinkField.spanId) spanId = readSpanId(reader);
    else if (tag === LinkField.attributes) attributes.push(readAttribute(reader));
    else reader.skipField(tag);
  });
  return { traceId, spanId, attributes };
}

function readStatus(reader: ProtoReader, status: { code: number; message: string }): void {
  eachField(reader, (tag) => {
    if (tag === StatusField.code) status.code = reader.int32();
    else if (tag === StatusField.message) status.message = reader.text(names);
    else reader.skipField(tag);
  });
}

/** 16 bytes, or none for zero. */
function readTraceId(reader: ProtoReader): TraceId {
  const start = reader.binary();
  const length = reader.offset - start;
  if (length === 0) return ZERO_SPAN_ID;
  if (length !== 16) throw reader.error('bad-value', start, `a trace id of ${length} bytes`);
  return traceIdFromBytes(reader.bytes, start);
}

/** 8 bytes, or none for zero. */
function readSpanId(reader: ProtoReader): SpanId {
  const start = reader.binary();
  const length = reader.offset - start;
  if (length === 0) return ZERO_SPAN_ID;
  if (length !== 8) throw reader.error('bad-value', start, `a span id of ${length} bytes`);
  return hexFromBytes(reader.bytes, start, 8);
}
