import { type Micros, type SpanId, ZERO_SPAN_ID } from '@spoor/model';
import { DecodeError } from '../decode-error.ts';
import { spanIdFromHalves, traceIdFromIds } from '../id-halves.ts';
import { names } from '../names.ts';
import { STOP } from '../thrift/compact-type.ts';
import type { ThriftReader } from '../thrift/thrift-reader.ts';
import { ipv4Text, ipv6Text } from './ip-text.ts';
import type { V1Annotation, V1BinaryAnnotation, V1Endpoint, V1Span } from './v1-span.ts';
import {
  AnnotationField,
  AnnotationType,
  BinaryAnnotationField,
  EndpointField,
  SpanField,
} from './v1-thrift-fields.ts';
import { v1Value } from './v1-value.ts';

/** Reads a `list<Span>` of zipkincore.thrift, in either protocol. Throws `DecodeError`. */
export function readV1Spans(reader: ThriftReader): V1Span[] {
  return readList(reader, readSpan);
}

function readSpan(reader: ThriftReader): V1Span {
  let low: SpanId | undefined;
  let high = ZERO_SPAN_ID;
  let spanId: SpanId | undefined;
  let parentId: SpanId | undefined;
  let name = '';
  let timestamp: Micros | undefined;
  let duration: Micros | undefined;
  let debug = false;
  let annotations: V1Annotation[] = [];
  let binaryAnnotations: V1BinaryAnnotation[] = [];
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case SpanField.traceId:
        low = readId(reader);
        break;
      case SpanField.traceIdHigh:
        high = readId(reader);
        break;
      case SpanField.spanId:
        spanId = readId(reader);
        break;
      case SpanField.parentId:
        parentId = readId(reader);
        break;
      case SpanField.name:
        name = reader.text(names);
        break;
      case SpanField.timestamp:
        timestamp = reader.int64AsNumber();
        break;
      case SpanField.duration:
        duration = reader.int64AsNumber();
        break;
      case SpanField.debug:
      case SpanField.notDebug:
        debug = key === SpanField.debug;
        break;
      case SpanField.annotations:
        annotations = readList(reader, readAnnotation);
        break;
      case SpanField.binaryAnnotations:
        binaryAnnotations = readList(reader, readBinaryAnnotation);
        break;
      default:
        reader.skipField(key);
    }
  }
  // Every writer writes them, also if they are zero.
  if (low === undefined || spanId === undefined) {
    const name = low === undefined ? 'trace_id' : 'id';
    throw new DecodeError('missing-field', reader.offset, `a span without ${name}`, name);
  }
  return {
    traceId: traceIdFromIds(high, low),
    spanId,
    parentId,
    name,
    timestamp,
    duration,
    debug,
    annotations,
    binaryAnnotations,
  };
}

function readAnnotation(reader: ThriftReader): V1Annotation {
  let timestamp = 0;
  let value = '';
  let host: V1Endpoint | undefined;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key === AnnotationField.timestamp) timestamp = reader.int64AsNumber();
    else if (key === AnnotationField.value) value = reader.text(names);
    else if (key === AnnotationField.host) host = readEndpoint(reader);
    else reader.skipField(key);
  }
  return { timestamp, value, host };
}

const NO_BYTES = new Uint8Array(0);

function readBinaryAnnotation(reader: ThriftReader): V1BinaryAnnotation {
  let name = '';
  let bytes: Uint8Array = NO_BYTES;
  let type: number = AnnotationType.BOOL;
  let host: V1Endpoint | undefined;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key === BinaryAnnotationField.key) name = reader.text(names);
    else if (key === BinaryAnnotationField.value) bytes = reader.binaryView();
    else if (key === BinaryAnnotationField.type) type = reader.int32();
    else if (key === BinaryAnnotationField.host) host = readEndpoint(reader);
    else reader.skipField(key);
  }
  return { key: name, value: v1Value(type, bytes), host };
}

function readEndpoint(reader: ThriftReader): V1Endpoint {
  let ipv4 = 0;
  let ipv6: Uint8Array = NO_BYTES;
  let port = 0;
  let serviceName = '';
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key === EndpointField.ipv4) ipv4 = reader.int32();
    else if (key === EndpointField.port) port = reader.int16() & 0xffff;
    else if (key === EndpointField.serviceName) serviceName = reader.text(names);
    else if (key === EndpointField.ipv6) ipv6 = reader.binaryView();
    else reader.skipField(key);
  }
  return {
    serviceName,
    ipv4: ipv4 === 0 ? '' : ipv4Text(ipv4),
    ipv6: ipv6Text(ipv6),
    ...(ipv6.length > 0 && { ipv6Bytes: ipv6 }),
    port,
  };
}

function readList<T>(reader: ThriftReader, read: (reader: ThriftReader) => T): T[] {
  const count = reader.structs();
  const list: T[] = [];
  for (let i = 0; i < count; i++) list.push(read(reader));
  return list;
}

function readId(reader: ThriftReader): SpanId {
  reader.int64();
  return spanIdFromHalves(reader.high, reader.low);
}
