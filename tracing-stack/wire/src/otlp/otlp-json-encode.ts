import { type SpanId, type TraceId, ZERO_SPAN_ID } from '@spoor/model';
import { jsonString } from '../json/go-json-text.ts';
import { isMap } from './any-value.ts';
import type {
  AnyValue,
  Attribute,
  OtlpEvent,
  OtlpLink,
  OtlpResourceSpans,
  OtlpSpan,
} from './otlp-trace.ts';

/**
 * The `resourceSpans` of OTLP's JSON, each a text, as Jaeger's API v3 writes them: ids in hex, integers of 64 bits and
 * times as texts, kinds and codes as numbers; what is zero or empty is left out, but for ids and messages.
 */
export function encodeOtlpJson(resources: readonly OtlpResourceSpans[]): string[] {
  return resources.map(({ attributes, scopes }) =>
    object(
      `"resource":${object(attributesMember(attributes))}`,
      listMember('scopeSpans', scopes, ({ name, version, spans }) =>
        object(
          `"scope":${object(textMember('name', name), textMember('version', version))}`,
          listMember('spans', spans, spanJson),
        ),
      ),
    ),
  );
}

function spanJson(span: OtlpSpan): string {
  return object(
    idMember('traceId', span.traceId, 32),
    idMember('spanId', span.spanId, 16),
    textMember('traceState', span.traceState),
    idMember('parentSpanId', span.parentSpanId, 16),
    textMember('name', span.name),
    numberMember('kind', span.kind),
    nanosMember('startTimeUnixNano', span.startTime),
    nanosMember('endTimeUnixNano', span.endTime),
    attributesMember(span.attributes),
    listMember('events', span.events, eventJson),
    listMember('links', span.links, linkJson),
    `"status":${object(textMember('message', span.statusMessage), numberMember('code', span.statusCode))}`,
  );
}

function eventJson({ time, name, attributes }: OtlpEvent): string {
  return object(
    nanosMember('timeUnixNano', time),
    textMember('name', name),
    attributesMember(attributes),
  );
}

function linkJson({ traceId, spanId, attributes }: OtlpLink): string {
  return object(
    idMember('traceId', traceId, 32),
    idMember('spanId', spanId, 16),
    attributesMember(attributes),
  );
}

function attributesMember(attributes: readonly Attribute[]): string {
  return listMember('attributes', attributes, ({ key, value }) => keyValueJson(key, value));
}

function keyValueJson(key: string, value: AnyValue): string {
  return object(textMember('key', key), `"value":${valueJson(value)}`);
}

function valueJson(value: AnyValue): string {
  switch (typeof value) {
    case 'undefined':
      return '{}';
    case 'string':
      return `{"stringValue":${jsonString(value)}}`;
    case 'boolean':
      return `{"boolValue":${value}}`;
    case 'bigint':
      return `{"intValue":"${value}"}`;
    case 'number':
      return `{"doubleValue":${doubleJson(value)}}`;
    default:
      break;
  }
  if (value instanceof Uint8Array)
    return `{"bytesValue":"${Buffer.from(value).toString('base64')}"}`;
  if (!isMap(value)) return `{"arrayValue":{"values":[${value.map(valueJson).join(',')}]}}`;
  const members = [...value].map(([key, member]) => keyValueJson(key, member));
  return `{"kvlistValue":{"values":[${members.join(',')}]}}`;
}

/** What is no number has a name in proto's JSON; Go keeps the sign of zero. */
function doubleJson(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}

function object(...members: readonly string[]): string {
  return `{${members.filter((member) => member !== '').join(',')}}`;
}

/** An id of zeros is an empty text. */
function idMember(name: string, id: TraceId | SpanId, digits: number): string {
  return `"${name}":"${id === ZERO_SPAN_ID ? '' : id.padStart(digits, '0')}"`;
}

function textMember(name: string, text: string): string {
  return text === '' ? '' : `"${name}":${jsonString(text)}`;
}

function numberMember(name: string, value: number): string {
  return value === 0 ? '' : `"${name}":${value}`;
}

function nanosMember(name: string, nanos: bigint): string {
  return nanos === 0n ? '' : `"${name}":"${nanos}"`;
}

function listMember<T>(name: string, list: readonly T[], json: (item: T) => string): string {
  return list.length === 0 ? '' : `"${name}":[${list.map(json).join(',')}]`;
}
