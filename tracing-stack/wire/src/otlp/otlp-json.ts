import {
  bytesFromHex,
  hexFromBytes,
  type SpanId,
  type TraceId,
  traceIdFromBytes,
} from '@spoor/model';
import { JsonReader } from '../json/json-reader.ts';
import { readAttributes } from './json-attributes.ts';
import { readEnum, readNanos } from './json-numbers.ts';
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

/**
 * Reads an `ExportTraceServiceRequest` in OTLP's JSON. Names are in camelCase, or as in proto; ids are hex; integers are
 * numbers or texts. Throws `DecodeError`, whose `reason` is Jaeger's words where it refuses too.
 */
export function readOtlpJson(bytes: Uint8Array): OtlpResourceSpans[] {
  const reader = new JsonReader(bytes);
  const resources: OtlpResourceSpans[] = [];
  reader.object((key) => {
    if (camel(key) === 'resourceSpans') reader.array(() => resources.push(readResource(reader)));
    else reader.skip();
  });
  reader.end();
  return resources;
}

function readResource(reader: JsonReader): OtlpResourceSpans {
  let attributes: Attribute[] = [];
  const scopes: OtlpScopeSpans[] = [];
  const libraries: OtlpScopeSpans[] = [];
  reader.object((key) => {
    switch (camel(key)) {
      case 'resource':
        attributes = readResourceAttributes(reader);
        break;
      case 'scopeSpans':
        reader.array(() => scopes.push(readScopeSpans(reader)));
        break;
      case 'instrumentationLibrarySpans':
        // What they were called before OTLP 0.15.
        reader.array(() => libraries.push(readScopeSpans(reader)));
        break;
      default:
        reader.skip();
    }
  });
  return { attributes, scopes: scopes.length > 0 ? scopes : libraries };
}

function readResourceAttributes(reader: JsonReader): Attribute[] {
  let attributes: Attribute[] = [];
  reader.object((key) => {
    if (key === 'attributes') attributes = readAttributes(reader);
    else reader.skip();
  });
  return attributes;
}

function readScopeSpans(reader: JsonReader): OtlpScopeSpans {
  let scope = { name: '', version: '' };
  const spans: OtlpSpan[] = [];
  reader.object((key) => {
    switch (camel(key)) {
      case 'scope':
      case 'instrumentationLibrary':
        scope = readScope(reader);
        break;
      case 'spans':
        reader.array(() => spans.push(readSpan(reader)));
        break;
      default:
        reader.skip();
    }
  });
  return { ...scope, spans };
}

function readScope(reader: JsonReader): { name: string; version: string } {
  const scope = { name: '', version: '' };
  reader.object((key) => {
    if (key === 'name' || key === 'version') scope[key] = reader.string();
    else reader.skip();
  });
  return scope;
}

type Unread<T> = { -readonly [K in keyof T]: T[K] };

const NO_TRACE_ID: TraceId = '0000000000000000';
const NO_SPAN_ID: SpanId = '0000000000000000';

function readSpan(reader: JsonReader): OtlpSpan {
  const span: Unread<OtlpSpan> = {
    traceId: NO_TRACE_ID,
    spanId: NO_SPAN_ID,
    parentSpanId: NO_SPAN_ID,
    traceState: '',
    name: '',
    kind: SpanKind.UNSPECIFIED,
    startTime: 0n,
    endTime: 0n,
    attributes: [],
    events: [],
    links: [],
    statusCode: StatusCode.UNSET,
    statusMessage: '',
  };
  reader.object((key) => readSpanField(reader, camel(key), span));
  return span;
}

function readSpanField(reader: JsonReader, key: string, span: Unread<OtlpSpan>): void {
  switch (key) {
    case 'traceId':
      span.traceId = readTraceId(reader, 'readSpan.traceId');
      return;
    case 'spanId':
      span.spanId = readSpanId(reader, 'readSpan.spanId', 'span_id');
      return;
    case 'parentSpanId':
      span.parentSpanId = readSpanId(reader, 'readSpan.parentSpanId', 'parent_span_id');
      return;
    case 'traceState':
      span.traceState = reader.string();
      return;
    case 'name':
      span.name = reader.string();
      return;
    case 'kind':
      span.kind = readEnum(reader, 'SPAN_KIND_', SpanKind);
      return;
    case 'startTimeUnixNano':
      span.startTime = readNanos(reader);
      return;
    case 'endTimeUnixNano':
      span.endTime = readNanos(reader);
      return;
    case 'attributes':
      span.attributes = readAttributes(reader);
      return;
    case 'events':
      span.events = readList(reader, readEvent);
      return;
    case 'links':
      span.links = readList(reader, readLink);
      return;
    case 'status':
      readStatus(reader, span);
      return;
    default:
      reader.skip();
  }
}

function readEvent(reader: JsonReader): OtlpEvent {
  const event: Unread<OtlpEvent> = { time: 0n, name: '', attributes: [] };
  reader.object((key) => {
    switch (camel(key)) {
      case 'timeUnixNano':
        event.time = readNanos(reader);
        break;
      case 'name':
        event.name = reader.string();
        break;
      case 'attributes':
        event.attributes = readAttributes(reader);
        break;
      default:
        reader.skip();
    }
  });
  return event;
}

function readLink(reader: JsonReader): OtlpLink {
  const link: Unread<OtlpLink> = { traceId: NO_TRACE_ID, spanId: NO_SPAN_ID, attributes: [] };
  reader.object((key) => {
    switch (camel(key)) {
      case 'traceId':
        link.traceId = readTraceId(reader, 'readSpanLink');
        break;
      case 'spanId':
        link.spanId = readSpanId(reader, 'readSpanLink', 'span_id');
        break;
      case 'attributes':
        link.attributes = readAttributes(reader);
        break;
      default:
        reader.skip();
    }
  });
  return link;
}

function readStatus(reader: JsonReader, span: Unread<OtlpSpan>): void {
  reader.object((key) => {
    if (key === 'code') span.statusCode = readEnum(reader, 'STATUS_CODE_', StatusCode);
    else if (key === 'message') span.statusMessage = reader.string();
    else reader.skip();
  });
}

function readList<T>(reader: JsonReader, read: (reader: JsonReader) => T): T[] {
  const list: T[] = [];
  reader.array(() => list.push(read(reader)));
  return list;
}

function readTraceId(reader: JsonReader, operation: string): TraceId {
  return traceIdFromBytes(readId(reader, 16, operation, 'trace_id'));
}

function readSpanId(reader: JsonReader, operation: string, field: string): SpanId {
  return hexFromBytes(readId(reader, 8, operation, field));
}

/** An id in hex; nothing is zero. */
function readId(reader: JsonReader, size: number, operation: string, field: string): Uint8Array {
  const hex = reader.string();
  if (hex === '') return new Uint8Array(size);
  if (hex.length !== 2 * size) {
    throw reader.error('bad-value', operation, `parse ${field}:invalid length for ID`);
  }
  if (!/^[0-9a-f]*$/i.test(hex)) {
    const what = `parse ${field}:cannot unmarshal ID from string '${hex}'`;
    throw reader.error('bad-value', operation, what);
  }
  return bytesFromHex(hex);
}

/** `resource_spans` as `resourceSpans`. */
function camel(key: string): string {
  return key.includes('_')
    ? key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    : key;
}
