import { CompactType, STOP } from '../thrift/compact-type.ts';
import type { ThriftReader } from '../thrift/thrift-reader.ts';
import type { ThriftLayout } from './thrift-bytes.ts';

type Bytes = readonly number[];

/** A field with all that its value can be when lists are thinned to one struct. */
interface Field {
  readonly id: number;
  readonly type: number;
  readonly choices: readonly Bytes[];
}

/**
 * A struct written anew with one element in every list, as often as it takes for every element of every list to come:
 * small messages with all that is in a large one. The reader stands at the struct; its lists must be of structs.
 */
export function thinnedStructs(reader: ThriftReader, layout: ThriftLayout): readonly Bytes[] {
  const fields: Field[] = [];
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    const type = key & 0x0f;
    fields.push({ id: key >> 4, type, choices: choicesOf(reader, layout, key, type) });
  }
  const write = (changed?: Field, choice?: Bytes) =>
    layout.struct(
      ...fields.map((field) =>
        layout.field(field.id, field.type, field === changed ? choice : field.choices[0]),
      ),
    );
  return [
    write(),
    ...fields.flatMap((field) => field.choices.slice(1).map((choice) => write(field, choice))),
  ];
}

function choicesOf(
  reader: ThriftReader,
  layout: ThriftLayout,
  key: number,
  type: number,
): readonly Bytes[] {
  if (type === CompactType.STRUCT) return thinnedStructs(reader, layout);
  if (type !== CompactType.LIST) {
    const start = reader.offset;
    reader.skipField(key);
    return [[...reader.bytes.subarray(start, reader.offset)]];
  }
  const count = reader.structs();
  if (count === 0) return [layout.list(CompactType.STRUCT, [])];
  const items = Array.from({ length: count }, () => thinnedStructs(reader, layout));
  return items.flat().map((item) => layout.list(CompactType.STRUCT, [item]));
}
