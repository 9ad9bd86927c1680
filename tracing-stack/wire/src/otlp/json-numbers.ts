import type { JsonReader } from '../json/json-reader.ts';

/** A number of either form, a number or its text, as it is written; a null is none. */
export function readNumberText(reader: JsonReader): string {
  switch (reader.kind()) {
    case 'number':
      return reader.number();
    case 'string':
      return reader.string();
    case 'null':
      reader.nothing();
      return '0';
    default:
      throw reader.error('bad-type', 'ReadNumber', 'unsupported value type');
  }
}

/** A fixed64 of nanoseconds. */
export function readNanos(reader: JsonReader): bigint {
  const text = readNumberText(reader);
  const value = wholeNumber(text);
  if (value === undefined || value < 0n || value >= 1n << 64n) {
    throw reader.error('bad-value', 'ReadUint64', `"${text}" is no time in nanoseconds`);
  }
  return value;
}

/**
 * An int64; a whole number beyond one is given as a double: OpenTelemetry's JavaScript writes 2^63 and 1e21 so, of
 * which Jaeger refuses the whole request.
 */
export function readInt(reader: JsonReader): bigint | number {
  const text = readNumberText(reader);
  const value = wholeNumber(text);
  if (value === undefined) {
    throw reader.error('bad-value', 'ReadInt64', `"${text}" is no whole number`);
  }
  return value === BigInt.asIntN(64, value) ? value : Number(value);
}

export function readDouble(reader: JsonReader): number {
  const text = readNumberText(reader);
  const value = SPECIAL.get(text.toLowerCase()) ?? (text.trim() === '' ? undefined : Number(text));
  if (value === undefined || (Number.isNaN(value) && text.toLowerCase() !== 'nan')) {
    throw reader.error('bad-value', 'ReadFloat64', `"${text}" is no number`);
  }
  return value;
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ...['inf', '+inf', 'infinity', '+infinity'].map((text) => [text, Infinity] as const),
  ...['-inf', '-infinity'].map((text) => [text, -Infinity] as const),
]);

/** An enum by its number or its name. */
export function readEnum(
  reader: JsonReader,
  prefix: string,
  values: Readonly<Record<string, number>>,
): number {
  if (reader.kind() !== 'string') return Number(BigInt.asIntN(32, BigInt(readInt(reader))));
  const name = reader.string();
  const value = name.startsWith(prefix) ? values[name.slice(prefix.length)] : undefined;
  if (value === undefined) throw reader.error('bad-value', 'ReadEnumValue', 'unknown string value');
  return value;
}

/** `17`, `17.0` and `1.7e1` alike. */
function wholeNumber(text: string): bigint | undefined {
  if (/^[-+]?\d{1,400}$/.test(text)) return BigInt(text.replace('+', ''));
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isInteger(value) ? BigInt(value) : undefined;
}
