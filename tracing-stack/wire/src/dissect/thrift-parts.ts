import { CompactReader } from '../thrift/compact-reader.ts';
import { CompactType, fieldKey, STOP } from '../thrift/compact-type.ts';
import type { ThriftReader } from '../thrift/thrift-reader.ts';
import type { PartList } from './part-list.ts';
import type { Field, Structure } from './structure.ts';
import { bytesText, integerText } from './value-text.ts';

const TYPE_NAMES = [
  'stop',
  'bool',
  'bool',
  'i8',
  'i16',
  'i32',
  'i64',
  'double',
  'string',
  'list',
  'set',
  'map',
  'struct',
];

/** Containers inside one another; what lies deeper is one part. */
const MAX_DEPTH = 32;

/** Adds the parts of a struct's fields. What is known of them is in `structure`. */
export function thriftFields(
  list: PartList,
  reader: ThriftReader,
  structure: Structure | undefined,
): void {
  for (let previous = STOP; ; ) {
    const start = reader.offset;
    const key = reader.field(previous);
    if (key === STOP) {
      list.add({ start, end: reader.offset, name: 'stop', type: 'stop' });
      return;
    }
    previous = key;
    const id = key >> 4;
    const field = structure?.fields[id];
    if (list.skips(structure, field)) reader.skipField(key);
    else addValue(list, reader, { start, type: key & 0x0f, id, name: field?.name ?? '', field });
  }
}

/** A list's elements, as zipkincore's `list<Span>` stands alone in a body. */
export function thriftElements(
  list: PartList,
  reader: ThriftReader,
  field: Field | undefined,
): void {
  const count = reader.list();
  const type = reader.elementType;
  for (let i = 0; i < count; i++) {
    addValue(list, reader, { start: reader.offset, type, name: `[${i}]`, field, isElement: true });
  }
}

interface Value {
  readonly start: number;
  readonly type: number;
  readonly id?: number;
  readonly name: string;
  readonly field: Field | undefined;
  /** Stands in a list or map: a boolean has a byte of its own there. */
  readonly isElement?: boolean;
}

function addValue(list: PartList, reader: ThriftReader, value: Value): void {
  const { start, type, id, name, field } = value;
  const head = {
    start,
    name,
    type: TYPE_NAMES[type] ?? '',
    ...(id !== undefined && { id }),
    ...(field?.role && { role: field.role }),
  };
  if (type < CompactType.LIST) {
    const text = scalarText(list, reader, value);
    list.add({ ...head, ...text, end: reader.offset });
  } else if (list.isFull || list.depth >= MAX_DEPTH) {
    reader.skipField(fieldKey(0, type));
    list.add({ ...head, value: '…', end: reader.offset });
  } else {
    list.nest({ ...head, type: containerType(type, field) }, () => {
      if (type === CompactType.STRUCT)
        list.structure(field?.of, () => thriftFields(list, reader, field?.of));
      else if (type === CompactType.MAP) addEntries(list, reader);
      else thriftElements(list, reader, field);
      return reader.offset;
    });
  }
}

function containerType(type: number, field: Field | undefined): string {
  const of = field?.of?.name;
  if (type === CompactType.STRUCT) return of ?? 'struct';
  return of === undefined ? (TYPE_NAMES[type] ?? '') : `${TYPE_NAMES[type]}<${of}>`;
}

/** None of the structs that are known has a map. */
function addEntries(list: PartList, reader: ThriftReader): void {
  const count = reader.map();
  const { keyType, elementType } = reader;
  for (let i = 0; i < count; i++) {
    for (const type of [keyType, elementType]) {
      const name = type === keyType ? `[${i}] key` : `[${i}]`;
      addValue(list, reader, {
        start: reader.offset,
        type,
        name,
        field: undefined,
        isElement: true,
      });
    }
  }
}

interface Scalar {
  readonly value: string;
  readonly valueStart?: number;
}

function scalarText(list: PartList, reader: ThriftReader, value: Value): Scalar {
  const valueStart = reader.offset;
  if (value.type === CompactType.BINARY) {
    const bytes = reader.binaryView();
    const start = reader.offset - bytes.length;
    return { value: bytesText(bytes, value.field?.as), valueStart: start };
  }
  const text = numberText(list, reader, value);
  // A boolean's value may be in its header.
  return { value: text, ...(reader.offset > valueStart && { valueStart }) };
}

function numberText(list: PartList, reader: ThriftReader, value: Value): string {
  const { type, field, isElement = false } = value;
  switch (type) {
    case CompactType.TRUE:
    case CompactType.FALSE: {
      // Of a field it has been read with the header.
      const isTrue = isElement ? reader.byte() === 1 : type === CompactType.TRUE;
      if (field?.name === 'debug' && isTrue) list.flag(3);
      return `${isTrue}`;
    }
    case CompactType.I8:
      return `${(reader.byte() << 24) >> 24}`;
    case CompactType.I16:
      return integerText(BigInt(reader.int16()), field);
    case CompactType.I32: {
      const integer = reader.int32();
      if (field?.role === 'flags') list.flag(integer);
      return integerText(BigInt(integer), field);
    }
    case CompactType.I64: {
      const text = integerText(reader.int64AsBigInt(), field);
      list.identify(field?.role, text);
      return text;
    }
    default:
      return `${reader.double()}`;
  }
}

/** Adds the parts of how a call begins, and gives the method. See `thrift-call.ts` for the layout. */
export function thriftCallHead(list: PartList, reader: ThriftReader): string {
  return reader instanceof CompactReader ? compactHead(list, reader) : binaryHead(list, reader);
}

const MESSAGE_TYPES = ['', 'CALL', 'REPLY', 'EXCEPTION', 'ONEWAY'];

function compactHead(list: PartList, reader: CompactReader): string {
  const protocol = reader.byte();
  list.add({ start: 0, end: 1, name: 'protocol id', type: 'byte', value: hexByte(protocol) });
  const second = reader.byte();
  list.add({
    start: 1,
    end: 2,
    name: 'type and version',
    type: '3 + 5 bits',
    value: `${MESSAGE_TYPES[second >> 5] ?? second >> 5}, ${second & 0x1f}`,
  });
  const sequence = reader.varint32();
  list.add({ start: 2, end: reader.offset, name: 'seqid', type: 'varint', value: `${sequence}` });
  return addMethod(list, reader);
}

function binaryHead(list: PartList, reader: ThriftReader): string {
  const first = reader.int32();
  const isStrict = first < 0;
  if (isStrict) {
    const version = hexOf32(first);
    const type = MESSAGE_TYPES[first & 0xff] ?? first & 0xff;
    list.add({
      start: 0,
      end: 4,
      name: 'version and type',
      type: 'i32',
      value: `${version} ${type}`,
    });
  } else reader.offset = 0;
  const method = addMethod(list, reader);
  if (!isStrict) {
    const start = reader.offset;
    const type = reader.byte();
    const value = MESSAGE_TYPES[type] ?? `${type}`;
    list.add({ start, end: reader.offset, name: 'type', type: 'byte', value });
  }
  const start = reader.offset;
  const sequence = reader.int32();
  list.add({ start, end: reader.offset, name: 'seqid', type: 'i32', value: `${sequence}` });
  return method;
}

function addMethod(list: PartList, reader: ThriftReader): string {
  const start = reader.offset;
  const method = bytesText(reader.binaryView());
  list.add({ start, end: reader.offset, name: 'method', type: 'string', value: method });
  return method;
}

function hexByte(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}

function hexOf32(value: number): string {
  return `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
}
