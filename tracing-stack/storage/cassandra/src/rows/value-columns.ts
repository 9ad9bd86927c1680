import type { KeyValue } from '@spoor/model';
import type { KeyValueColumns } from '../statements/columns.ts';

/** A tag, a log field or a process tag as Jaeger's `keyvalue`. */
export function keyValueColumns(kv: KeyValue): KeyValueColumns {
  return {
    key: kv.key,
    value_type: kv.type,
    value_string: kv.type === 'string' ? kv.value : '',
    value_bool: kv.type === 'bool' && kv.value,
    value_long: kv.type === 'int64' ? kv.value : 0n,
    value_double: kv.type === 'float64' ? kv.value : 0,
    value_binary: kv.type === 'binary' ? Buffer.from(kv.value) : null,
  };
}

/** Throws `RangeError` for a type that there is not. */
export function keyValueOf(columns: KeyValueColumns): KeyValue {
  const { key, value_type: type } = columns;
  switch (type) {
    case 'string':
      return { key, type, value: columns.value_string };
    case 'bool':
      return { key, type, value: columns.value_bool };
    case 'int64':
      return { key, type, value: columns.value_long };
    case 'float64':
      return { key, type, value: columns.value_double };
    case 'binary':
      return { key, type, value: Uint8Array.from(columns.value_binary ?? []) };
    default:
      throw new RangeError(`a tag ${JSON.stringify(key)} of type ${JSON.stringify(type)}`);
  }
}
