import { names } from '../names.ts';
import type { ProtoReader } from '../proto/proto-reader.ts';
import { END } from '../proto/wire-type.ts';
import { MAX_VALUE_DEPTH } from './any-value.ts';
import { AnyValueField, KeyValueField, ListField } from './otlp-fields.ts';
import type { AnyValue, Attribute } from './otlp-trace.ts';

/** Reads the `KeyValue` that stands here. */
export function readAttribute(reader: ProtoReader, depth = 0): Attribute {
  let key = '';
  let value: AnyValue;
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === KeyValueField.key) key = reader.text(names);
    else if (tag === KeyValueField.value) value = readValue(reader, depth);
    else reader.skipField(tag);
  }
  reader.close(outer);
  return { key, value };
}

function readValue(reader: ProtoReader, depth: number): AnyValue {
  if (depth > MAX_VALUE_DEPTH) {
    const what = `more than ${MAX_VALUE_DEPTH} values in each other`;
    throw reader.error('too-deep', reader.offset, what);
  }
  let value: AnyValue;
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    switch (tag) {
      case AnyValueField.string:
        value = reader.text(names);
        break;
      case AnyValueField.bool:
        value = reader.bool();
        break;
      case AnyValueField.int:
        value = reader.int64AsBigInt();
        break;
      case AnyValueField.double:
        value = reader.double();
        break;
      case AnyValueField.bytes:
        value = reader.binaryView();
        break;
      case AnyValueField.array:
        value = readList(reader, () => readValue(reader, depth + 1));
        break;
      case AnyValueField.map:
        value = new Map(
          readList(reader, () => readAttribute(reader, depth + 1)).map((entry) => [
            entry.key,
            entry.value,
          ]),
        );
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.close(outer);
  return value;
}

function readList<T>(reader: ProtoReader, read: () => T): T[] {
  const values: T[] = [];
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === ListField.values) values.push(read());
    else reader.skipField(tag);
  }
  reader.close(outer);
  return values;
}
