import { ZERO_SPAN_ID } from '@spoor/model';
import { JsonReader } from '../json/json-reader.ts';
import { addressText } from './ip-text.ts';
import { readEndpoint, readMicros, readSpanId, readText, readTraceId } from './json-fields.ts';
import type { V2Annotation, V2Endpoint, V2Span } from './v2-span.ts';

/** Reads a list of Zipkin v2 spans in JSON. Throws `DecodeError`. */
export function readV2Json(bytes: Uint8Array): V2Span[] {
  const reader = new JsonReader(bytes);
  const spans: V2Span[] = [];
  reader.array(() => {
    if (!reader.nothing()) spans.push(readSpan(reader));
  });
  reader.end();
  return spans;
}

function readSpan(reader: JsonReader): V2Span {
  let traceId: string | undefined;
  let spanId: string | undefined;
  let parentId: string | undefined;
  let name = '';
  let kind = '';
  const times = { timestamp: 0, duration: 0 };
  let localEndpoint: V2Endpoint | undefined;
  let remoteEndpoint: V2Endpoint | undefined;
  const annotations: V2Annotation[] = [];
  const tags = new Map<string, string>();
  reader.object((key) => {
    switch (key) {
      case 'traceId':
        traceId = readTraceId(reader);
        break;
      case 'id':
        spanId = readSpanId(reader);
        break;
      case 'parentId':
        parentId = readSpanId(reader);
        break;
      case 'name':
        name = reader.string();
        break;
      case 'kind':
        kind = reader.string();
        break;
      case 'timestamp':
      case 'duration':
        times[key] = readMicros(reader);
        break;
      case 'localEndpoint':
        localEndpoint = readAddresses(reader);
        break;
      case 'remoteEndpoint':
        remoteEndpoint = readAddresses(reader);
        break;
      case 'annotations':
        reader.array(() => annotations.push(readAnnotation(reader)));
        break;
      case 'tags':
        reader.object((tag) => tags.set(tag, readText(reader)));
        break;
      default:
        // `debug` and `shared`, which Jaeger does not keep, among others.
        reader.skip();
    }
  });
  if (traceId === undefined) throw reader.plainError('missing-field', 'valid traceId required');
  if (spanId === undefined || spanId === ZERO_SPAN_ID) {
    throw reader.plainError('missing-field', 'valid span id required');
  }
  return {
    traceId,
    spanId,
    parentId,
    name,
    kind,
    ...times,
    localEndpoint,
    remoteEndpoint,
    annotations,
    tags,
  };
}

/** An endpoint with its addresses in the usual form, which is that of proto, too. */
function readAddresses(reader: JsonReader): V2Endpoint | undefined {
  const endpoint = readEndpoint(reader);
  return (
    endpoint && {
      ...endpoint,
      ipv4: addressText(endpoint.ipv4),
      ipv6: addressText(endpoint.ipv6),
    }
  );
}

function readAnnotation(reader: JsonReader): V2Annotation {
  let timestamp = 0;
  let value = '';
  reader.object((key) => {
    if (key === 'timestamp') timestamp = readMicros(reader);
    else if (key === 'value') value = readText(reader);
    else reader.skip();
  });
  if (timestamp < 1) throw reader.plainError('bad-value', 'valid annotation timestamp required');
  return { timestamp, value };
}
