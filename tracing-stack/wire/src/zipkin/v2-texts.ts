import { parseSpanId, parseTraceId } from '@spoor/model';
import { DecodeError } from '../decode-error.ts';
import { JsonReader } from '../json/json-reader.ts';
import type { AnyValue, Attribute, OtlpEvent, OtlpLink } from '../otlp/otlp-trace.ts';

// What OpenTelemetry's exporter to Zipkin packs into texts, and this takes apart: `name|{"key":value}|dropped` for an event,
// `trace|span|state|{"key":value}|dropped` for a link. Of a text that only looks so Jaeger refuses the whole request; here
// it stays as it is.

/** The event that an annotation is. */
export function annotationEvent(value: string): Omit<OtlpEvent, 'time'> {
  const [name = '', ...rest] = value.split('|');
  const attributes = rest.length < 2 ? undefined : attributesOf(rest);
  return attributes === undefined
    ? { name: rest.length < 2 ? name : value, attributes: [] }
    : { name, attributes };
}

/** More links than a span of OpenTelemetry has by default. */
const MAX_LINKS = 128;

/** Takes the links out of the tags: `otlp.link.0`, `otlp.link.1`, and so on. */
export function takeLinks(tags: Map<string, string>): OtlpLink[] {
  const links: OtlpLink[] = [];
  for (let i = 0; i < MAX_LINKS; i++) {
    const key = `otlp.link.${i}`;
    const value = tags.get(key);
    if (value === undefined) break;
    const link = linkOf(value);
    if (link === undefined) continue;
    links.push(link);
    tags.delete(key);
  }
  return links;
}

function linkOf(text: string): OtlpLink | undefined {
  const [trace = '', span = '', _state, ...rest] = text.split('|');
  const traceId = parseTraceId(trace);
  const spanId = parseSpanId(span);
  const attributes = rest.length < 2 ? undefined : attributesOf(rest);
  return traceId && spanId && attributes ? { traceId, spanId, attributes } : undefined;
}

/** Of JSON, in which bars may stand, with the number of those that were dropped behind it. */
function attributesOf(parts: readonly string[]): Attribute[] | undefined {
  if (!/^\d+$/.test(parts.at(-1) ?? '')) return undefined;
  const reader = new JsonReader(Buffer.from(parts.slice(0, -1).join('|')));
  const attributes: Attribute[] = [];
  try {
    reader.object((key) => attributes.push({ key, value: readValue(reader) }));
    reader.end();
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
  return attributes;
}

/** A whole number is an int, which JSON does not tell from a double; what has parts stays JSON. */
function readValue(reader: JsonReader): AnyValue {
  switch (reader.kind()) {
    case 'string':
      return reader.string();
    case 'boolean':
      return reader.boolean();
    case 'number': {
      const text = reader.number();
      const value = Number(text);
      if (!Number.isInteger(value)) return value;
      const whole = /^-?\d+$/.test(text) ? BigInt(text) : BigInt(value);
      return whole === BigInt.asIntN(64, whole) ? whole : value;
    }
    default:
      return reader.raw();
  }
}
