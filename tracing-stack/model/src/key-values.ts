import { hexFromBytes } from './hex.ts';

/** A tag, a log field or a process tag, with Jaeger's five value types. An int64 is always a `bigint`. */
export type KeyValue =
  | { readonly key: string; readonly type: 'string'; readonly value: string }
  | { readonly key: string; readonly type: 'bool'; readonly value: boolean }
  | { readonly key: string; readonly type: 'int64'; readonly value: bigint }
  | { readonly key: string; readonly type: 'float64'; readonly value: number }
  | { readonly key: string; readonly type: 'binary'; readonly value: Uint8Array };

export type ValueType = KeyValue['type'];

/** A value under the type that holds it. */
export function keyValue(key: string, value: KeyValue['value']): KeyValue {
  switch (typeof value) {
    case 'string':
      return { key, type: 'string', value };
    case 'boolean':
      return { key, type: 'bool', value };
    case 'bigint':
      return { key, type: 'int64', value };
    case 'number':
      return { key, type: 'float64', value };
    default:
      return { key, type: 'binary', value };
  }
}

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
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e10) {
    // Of at most ten digits the shortest decimal is what Go prints, and by far the cheapest to get.
    const shortest = String(value);
    if (shortest.length <= 11) return shortest;
  }
  if (Number.isNaN(value)) return 'NaN';
  if (size === Number.POSITIVE_INFINITY) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  return tenDigits(value);
}

function tenDigits(value: number): string {
  const [mantissa = '', exponent = '0'] = roundedToEven(value).split('e');
  const power = Number(exponent);
  // Printing them as numbers drops the zeros at the end.
  if (power >= -4 && power < 10) return String(Number(`${mantissa}e${exponent}`));
  const digits = String(Math.abs(power)).padStart(2, '0');
  return `${Number(mantissa)}e${power < 0 ? '-' : '+'}${digits}`;
}

/** Ten digits, the tenth of them even, then exactly a half. */
const EVEN_AND_A_HALF = /^(-?\d\.\d{8}[02468])50*e(.*)$/;

/** The value in ten digits. Of two equally near Go takes the even one, JavaScript the larger. */
function roundedToEven(value: number): string {
  const larger = value.toExponential(9);
  if (!value.toExponential(10).includes('5e')) return larger;
  // A double has no more digits than matter here: two that differ do so within the first sixty.
  const tie = EVEN_AND_A_HALF.exec(value.toExponential(60));
  return tie ? `${tie[1]}e${tie[2]}` : larger;
}
