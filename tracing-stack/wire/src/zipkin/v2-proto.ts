import {
  hexFromBytes,
  type Micros,
  type SpanId,
  type TraceId,
  traceIdFromBytes,
  ZERO_SPAN_ID,
} from '@spoor/model';
import { names } from '../names.ts';
import { ProtoReader } from '../proto/proto-reader.ts';
import { END } from '../proto/wire-type.ts';
import { ipv4BytesText, ipv6Text } from './ip-text.ts';
import {
  AnnotationField,
  EndpointField,
  KINDS,
  ListOfSpansField,
  SpanField,
  TagField,
} from './v2-proto-fields.ts';
import type { V2Annotation, V2Endpoint, V2Span } from './v2-span.ts';

/** Reads a `ListOfSpans`. Throws `DecodeError`. */
export function readV2Proto(bytes: Uint8Array): V2Span[] {
  const reader = new ProtoReader(bytes);
  const spans: V2Span[] = [];
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === ListOfSpansField.spans) spans.push(readSpan(reader));
    else reader.skipField(tag);
  }
  return spans;
}

function readSpan(reader: ProtoReader): V2Span {
  const start = reader.offset;
  let traceId: TraceId | undefined;
  let spanId: SpanId | undefined;
  let parentId: SpanId | undefined;
  let name = '';
  let kind = 0;
  let timestamp = 0;
  let duration = 0;
  let localEndpoint: V2Endpoint | undefined;
  let remoteEndpoint: V2Endpoint | undefined;
  const annotations: V2Annotation[] = [];
  const tags = new Map<string, string>();
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    switch (tag) {
      case SpanField.traceId:
        traceId = readTraceId(reader);
        break;
      case SpanField.parentId:
        parentId = readSpanId(reader);
        break;
      case SpanField.id:
        spanId = readSpanId(reader);
        break;
      case SpanField.kind:
        kind = reader.int32();
        break;
      case SpanField.name:
        name = reader.text(names);
        break;
      case SpanField.timestamp:
        timestamp = Number(reader.fixed64());
        break;
      case SpanField.duration:
        duration = reader.int64AsNumber();
        break;
      case SpanField.localEndpoint:
        localEndpoint = readEndpoint(reader);
        break;
      case SpanField.remoteEndpoint:
        remoteEndpoint = readEndpoint(reader);
        break;
      case SpanField.annotations:
        annotations.push(readAnnotation(reader));
        break;
      case SpanField.tags:
        readTag(reader, tags);
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.close(outer);
  if (traceId === undefined) throw reader.error('missing-field', start, 'a span without trace id');
  if (spanId === undefined || spanId === ZERO_SPAN_ID)
    throw reader.error('missing-field', start, 'expected a non-nil SpanID');
  return {
    traceId,
    spanId,
    parentId,
    name,
    kind: KINDS[kind] ?? '',
    timestamp: checkedMicros(reader, timestamp),
    duration: checkedMicros(reader, duration),
    localEndpoint,
    remoteEndpoint,
    annotations,
    tags,
  };
}

function readEndpoint(reader: ProtoReader): V2Endpoint {
  const endpoint = { serviceName: '', ipv4: '', ipv6: '', port: 0 };
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === EndpointField.serviceName) endpoint.serviceName = reader.text(names);
    else if (tag === EndpointField.ipv4) endpoint.ipv4 = ipv4BytesText(reader.binaryView());
    else if (tag === EndpointField.ipv6) endpoint.ipv6 = ipv6Text(reader.binaryView());
    else if (tag === EndpointField.port) endpoint.port = reader.int32() & 0xffff;
    else reader.skipField(tag);
  }
  reader.close(outer);
  return endpoint;
}

function readAnnotation(reader: ProtoReader): V2Annotation {
  let timestamp = 0;
  let value = '';
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === AnnotationField.timestamp) timestamp = Number(reader.fixed64());
    else if (tag === AnnotationField.value) value = reader.text(names);
    else reader.skipField(tag);
  }
  reader.close(outer);
  return { timestamp: checkedMicros(reader, timestamp), value };
}

function readTag(reader: ProtoReader, tags: Map<string, string>): void {
  let key = '';
  let value = '';
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === TagField.key) key = reader.text(names);
    else if (tag === TagField.value) value = reader.text(names);
    else reader.skipField(tag);
  }
  reader.close(outer);
  tags.set(key, value);
}

function checkedMicros(reader: ProtoReader, micros: Micros): Micros {
  if (micros >= 0 && micros <= Number.MAX_SAFE_INTEGER) return micros;
  throw reader.error('bad-value', reader.offset, `${micros} is no number of microseconds`);
}

/** 16 bytes, or 8: Zipkin's own writer sends so many for an id of 64 bits, of which Jaeger refuses the whole request. */
function readTraceId(reader: ProtoReader): TraceId {
  const start = reader.binary();
  const length = reader.offset - start;
  if (length === 16) return traceIdFromBytes(reader.bytes, start);
  if (length === 8) return hexFromBytes(reader.bytes, start, 8);
  const what = `invalid TraceID: has length ${length} yet wanted length 16`;
  throw reader.error('bad-value', start, what);
}

/** 8 bytes; none is `undefined`. */
function readSpanId(reader: ProtoReader): SpanId | undefined {
  const start = reader.binary();
  const length = reader.offset - start;
  if (length === 8) return hexFromBytes(reader.bytes, start, 8);
  if (length === 0) return undefined;
  const what = `invalid SpanID: has length ${length} yet wanted length 8`;
  throw reader.error('bad-value', start, what);
}
