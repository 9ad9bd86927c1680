import { parseSpanId, parseTraceId, type SpanId, type TraceId } from '@spoor/model';
import type { JsonReader } from '../json/json-reader.ts';
import { readNumberText } from '../otlp/json-numbers.ts';

// What Zipkin's two forms of JSON have in common.

export interface JsonEndpoint {
  readonly serviceName: string;
  readonly ipv4: string;
  readonly ipv6: string;
  readonly port: number;
}

/** An endpoint; a null, or one that says nothing, is none. Its addresses are as they were written. */
export function readEndpoint(reader: JsonReader): JsonEndpoint | undefined {
  const endpoint = { serviceName: '', ipv4: '', ipv6: '', port: 0 };
  reader.object((key) => {
    if (key === 'serviceName') endpoint.serviceName = reader.string();
    else if (key === 'ipv4' || key === 'ipv6') endpoint[key] = reader.string();
    else if (key === 'port') endpoint.port = readPort(reader);
    else reader.skip();
  });
  const { serviceName, ipv4, ipv6, port } = endpoint;
  return serviceName || ipv4 || ipv6 || port ? endpoint : undefined;
}

/** Some clients write ports of 0x8000 and more as negative numbers, as Java's short holds them. */
function readPort(reader: JsonReader): number {
  const port = Number(readNumberText(reader));
  if (Number.isInteger(port) && port >= -0x8000 && port <= 0xffff) return port & 0xffff;
  throw reader.error('bad-value', 'readEndpoint.port', 'a port has 16 bits');
}

/** Microseconds, or how many there are of them: not negative, and no fraction. */
export function readMicros(reader: JsonReader): number {
  const text = readNumberText(reader);
  const micros = Math.trunc(Number(text));
  if (micros >= 0 && micros <= Number.MAX_SAFE_INTEGER) return micros;
  throw reader.error('bad-value', 'readMicros', `"${text}" is no number of microseconds`);
}

/** An id in hex of up to 32 digits. */
export function readTraceId(reader: JsonReader): TraceId {
  return checked(reader, parseTraceId);
}

/** An id in hex of up to 16 digits; nothing is `undefined`. */
export function readSpanId(reader: JsonReader): SpanId | undefined {
  if (reader.nothing()) return undefined;
  return checked(reader, (text) => (text === '' ? '' : parseSpanId(text))) || undefined;
}

/** Go's words, for Jaeger answers with them. */
function checked(reader: JsonReader, parse: (text: string) => string | undefined): string {
  const text = reader.string();
  const id = parse(text);
  if (id !== undefined) return id;
  const why = /^[0-9a-f]+$/i.test(text) ? 'value out of range' : 'invalid syntax';
  const reason = `strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`;
  throw reader.plainError('bad-value', reason);
}

/** A text, or what can be one. */
export function readText(reader: JsonReader): string {
  switch (reader.kind()) {
    case 'number':
      return reader.number();
    case 'boolean':
      return String(reader.boolean());
    default:
      return reader.string();
  }
}
