import type { JsonReader } from '../json/json-reader.ts';
import { MAX_VALUE_DEPTH } from './any-value.ts';
import { readDouble, readInt } from './json-numbers.ts';
import type { AnyValue, Attribute } from './otlp-trace.ts';

/** A list of `KeyValue`. */
export function readAttributes(reader: JsonReader, depth = 0): Attribute[] {
  const attributes: Attribute[] = [];
  reader.array(() => {
    let name = '';
    let value: AnyValue;
    reader.object((key) => {
      if (key === 'key') name = reader.string();
      else if (key === 'value') value = readValue(reader, depth);
      else reader.skip();
    });
    attributes.push({ key: name, value });
  });
  return attributes;
}

function readValue(reader: JsonReader, depth: number): AnyValue {
  if (depth > MAX_VALUE_DEPTH) {
    throw reader.error(
      'too-deep',
      'ReadValue',
      `more than ${MAX_VALUE_DEPTH} values in each other`,
    );
  }
  let value: AnyValue;
  reader.object((key) => {
    switch (key) {
      case 'stringValue':
      case 'string_value':
        value = reader.string();
        break;
      case 'boolValue':
      case 'bool_value':
        value = readBoolean(reader);
        break;
      case 'intValue':
      case 'int_value':
        value = readInt(reader);
        break;
      case 'doubleValue':
      case 'double_value':
        value = readDouble(reader);
        break;
      case 'bytesValue':
      case 'bytes_value':
        value = readBytes(reader);
        break;
      case 'arrayValue':
      case 'array_value':
        value = readArray(reader, depth + 1);
        break;
      case 'kvlistValue':
      case 'kvlist_value':
        value = readMap(reader, depth + 1);
        break;
      default:
        reader.skip();
    }
  });
  return value;
}

function readBoolean(reader: JsonReader): boolean {
  if (reader.kind() === 'boolean') return reader.boolean();
  if (reader.nothing()) return false;
  throw reader.error('bad-type', 'ReadBool', 'expect true or false');
}

/** Base64 of either alphabet. */
function readBytes(reader: JsonReader): Uint8Array {
  const text = reader.string();
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) {
    throw reader.error('bad-value', 'bytesValue', 'base64 decode:illegal base64 data');
  }
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

function readArray(reader: JsonReader, depth: number): AnyValue[] {
  const values: AnyValue[] = [];
  reader.object((key) => {
    if (key === 'values') reader.array(() => values.push(readValue(reader, depth)));
    else reader.skip();
  });
  return values;
}

function readMap(reader: JsonReader, depth: number): ReadonlyMap<string, AnyValue> {
  let attributes: Attribute[] = [];
  reader.object((key) => {
    if (key === 'values') attributes = readAttributes(reader, depth);
    else reader.skip();
  });
  return new Map(attributes.map(({ key, value }) => [key, value]));
}
