import { type KeyValue, keyValue } from '@spoor/model';
import { jsonString } from '../json/go-json-text.ts';
import { isMap } from './any-value.ts';
import type { AnyValue, Attribute } from './otlp-trace.ts';

/** An attribute as Jaeger keeps it: lists and maps become JSON text, and nothing becomes an empty text. */
export function attributeTag({ key, value }: Attribute): KeyValue {
  if (value === undefined) return keyValue(key, '');
  const isNested = typeof value === 'object' && !(value instanceof Uint8Array);
  return keyValue(key, isNested ? jsonOf(value) : value);
}

/**
 * JSON as Go's `encoding/json` writes it, with the keys of a map in order. NaN and the infinities, of which Go can write
 * nothing (Jaeger's tag is empty then), are texts, as in proto's own JSON.
 */
function jsonOf(value: AnyValue): string {
  switch (typeof value) {
    case 'undefined':
      return 'null';
    case 'string':
      return jsonString(value);
    case 'number':
      return Number.isFinite(value) ? numberText(value) : `"${value}"`;
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      if (value instanceof Uint8Array) return bytesText(value);
      if (!isMap(value)) return `[${value.map(jsonOf).join(',')}]`;
      return `{${[...value]
        .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .map(([key, member]) => `${jsonString(key)}:${jsonOf(member)}`)
        .join(',')}}`;
  }
}

/** Base64; no bytes are a null to Go. */
function bytesText(value: Uint8Array): string {
  return value.length === 0 ? 'null' : `"${Buffer.from(value).toString('base64')}"`;
}

/** Go and JavaScript agree but for this: Go keeps the sign of zero. */
function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
