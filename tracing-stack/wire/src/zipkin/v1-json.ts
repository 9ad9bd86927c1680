import { type SpanId, type TraceId, ZERO_SPAN_ID } from '@spoor/model';
import { JsonReader } from '../json/json-reader.ts';
import { readEndpoint, readMicros, readSpanId, readText, readTraceId } from './json-fields.ts';
import type { V1Annotation, V1BinaryAnnotation, V1Span, V1Value } from './v1-span.ts';

/** Reads a list of Zipkin v1 spans in JSON. Throws `DecodeError`. */
export function readV1Json(bytes: Uint8Array): V1Span[] {
  const reader = new JsonReader(bytes);
  const spans: V1Span[] = [];
  reader.array(() => {
    if (!reader.nothing()) spans.push(readSpan(reader));
  });
  reader.end();
  return spans;
}

function readSpan(reader: JsonReader): V1Span {
  const span = {
    traceId: ZERO_SPAN_ID as TraceId,
    spanId: undefined as SpanId | undefined,
    parentId: undefined as SpanId | undefined,
    name: '',
    timestamp: 0,
    duration: 0,
    debug: false,
    annotations: [] as V1Annotation[],
    binaryAnnotations: [] as V1BinaryAnnotation[],
  };
  reader.object((key) => {
    switch (key) {
      case 'traceId':
        span.traceId = readTraceId(reader);
        break;
      case 'id':
        span.spanId = readSpanId(reader);
        break;
      case 'parentId':
        span.parentId = readSpanId(reader);
        break;
      case 'name':
        span.name = reader.string();
        break;
      case 'timestamp':
      case 'duration':
        span[key] = readMicros(reader);
        break;
      case 'debug':
        span.debug = !reader.nothing() && reader.boolean();
        break;
      case 'annotations':
        reader.array(() => span.annotations.push(readAnnotation(reader)));
        break;
      case 'binaryAnnotations':
        reader.array(() => span.binaryAnnotations.push(readBinaryAnnotation(reader)));
        break;
      default:
        reader.skip();
    }
  });
  if (span.traceId === ZERO_SPAN_ID) {
    throw reader.plainError('bad-value', 'zipkinV1 span traceId: traceId is zero');
  }
  if (span.spanId === undefined || span.spanId === ZERO_SPAN_ID) {
    throw reader.plainError('bad-value', 'zipkinV1 span id: ID is zero');
  }
  return { ...span, spanId: span.spanId };
}

function readAnnotation(reader: JsonReader): V1Annotation {
  let timestamp = 0;
  let value = '';
  let host: V1Annotation['host'];
  reader.object((key) => {
    if (key === 'timestamp') timestamp = readMicros(reader);
    else if (key === 'value') value = readText(reader);
    else if (key === 'endpoint') host = readEndpoint(reader);
    else reader.skip();
  });
  return { timestamp, value, host };
}

/** Zipkin writes values as JSON has them; `sa`, `ca` and `ma` are `true`, of which Jaeger refuses the whole request. */
function readBinaryAnnotation(reader: JsonReader): V1BinaryAnnotation {
  let name = '';
  let value: V1Value = '';
  let type = '';
  let host: V1BinaryAnnotation['host'];
  reader.object((key) => {
    if (key === 'key') name = reader.string();
    else if (key === 'value') value = readValue(reader);
    else if (key === 'type') type = reader.string();
    else if (key === 'endpoint') host = readEndpoint(reader);
    else reader.skip();
  });
  return { key: name, value: typed(value, type), host };
}

function readValue(reader: JsonReader): V1Value {
  switch (reader.kind()) {
    case 'boolean':
      return reader.boolean();
    case 'number': {
      const text = reader.number();
      const isInt64 = /^-?\d+$/.test(text) && BigInt(text) === BigInt.asIntN(64, BigInt(text));
      return isInt64 ? BigInt(text) : Number(text);
    }
    default:
      return reader.string();
  }
}

/** A number that says it is a double, or that was written as a text. */
function typed(value: V1Value, type: string): V1Value {
  if (type === 'DOUBLE') {
    const number = Number(value);
    return value === '' || Number.isNaN(number) ? value : number;
  }
  const isInteger = /^I(16|32|64)$/.test(type) && typeof value === 'string';
  return isInteger && /^-?\d{1,19}$/.test(value) ? BigInt.asIntN(64, BigInt(value)) : value;
}
