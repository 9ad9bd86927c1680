import { floatAsString, type KeyValue } from '@spoor/model';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** The tags or log fields of an object, in the order of its keys. */
export function keyValuesOf(values: Record<string, unknown> | null | undefined): KeyValue[] {
  const keyValues: KeyValue[] = [];
  for (const key of Object.keys(values ?? {})) keyValues.push(keyValueOf(key, values?.[key]));
  return keyValues;
}

/**
 * Gives a JavaScript value its type on the wire: whole numbers int64, as from a Go program (npm jaeger-client sends
 * every number as a double), other numbers float64. NaN and the infinities become text: as doubles they make the real
 * jaeger-query fail every search that meets them. Objects become JSON.
 */
export function keyValueOf(key: string, value: unknown): KeyValue {
  switch (typeof value) {
    case 'string':
      return { key, type: 'string', value };
    case 'boolean':
      return { key, type: 'bool', value };
    case 'number':
      if (Number.isSafeInteger(value)) return { key, type: 'int64', value: BigInt(value) };
      if (!Number.isFinite(value)) return { key, type: 'string', value: floatAsString(value) };
      return { key, type: 'float64', value };
    case 'bigint':
      if (value > INT64_MAX || value < INT64_MIN) return { key, type: 'string', value: `${value}` };
      return { key, type: 'int64', value };
    case 'undefined':
      // As Go has it when a baggage item that is not there becomes a tag.
      return { key, type: 'string', value: '' };
    default:
      // A copy: the owner may fill its buffer again before the span is sent.
      if (value instanceof Uint8Array)
        return { key, type: 'binary', value: Uint8Array.from(value) };
      return { key, type: 'string', value: textOf(value) };
  }
}

/** Text for anything, whatever its own conversions throw: a tag never breaks the application. */
function textOf(value: unknown): string {
  try {
    if (value instanceof Error || typeof value === 'function') return String(value);
    if (value instanceof Date)
      return String(Number.isNaN(value.getTime()) ? value : value.toISOString());
    // undefined for a symbol.
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A cycle, a bigint inside, a toJSON that throws.
    return Object.prototype.toString.call(value);
  }
}
