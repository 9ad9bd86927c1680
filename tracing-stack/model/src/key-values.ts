import { hexFromBytes } from './hex.ts';

/** A tag, a log field or a process tag, with Jaeger's five value types. An int64 is always a `bigint`. */
export type KeyValue =
  | { readonly key: string; readonly type: 'string'; readonly value: string }
  | { readonly key: string; readonly type: 'bool'; readonly value: boolean }
  | { readonly key: string; readonly type: 'int64'; readonly value: bigint }
  | { readonly key: string; readonly type: 'float64'; readonly value: number }
  | { readonly key: string; readonly type: 'binary'; readonly value: Uint8Array };

export type ValueType = KeyValue['type'];

/**
 * The value as text, as Jaeger compares tags in a search: `true`, `200`, `0.25` (ten significant digits, Go's `%.10g`),
 * binary as hex.
 */
export function valueAsString(kv: KeyValue): string {
  switch (kv.type) {
    case 'string':
      return kv.value;
    case 'bool':
    case 'int64':
      return String(kv.value);
    case 'float64':
      return floatAsString(kv.value);
    case 'binary':
      return hexFromBytes(kv.value);
  }
}

/** Go's `strconv.FormatFloat(value, 'g', 10, 64)`: exponent form below 1e-4 and from 1e10 on. */
export function floatAsString(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponent = '0'] = value.toExponential(9).split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 10) {
    const digits = String(Math.abs(power)).padStart(2, '0');
    return `${trimZeros(mantissa)}e${power < 0 ? '-' : '+'}${digits}`;
  }
  return trimZeros(value.toFixed(9 - power));
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
