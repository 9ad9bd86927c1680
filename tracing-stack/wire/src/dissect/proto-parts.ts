import type { ProtoReader } from '../proto/proto-reader.ts';
import { END, WireType } from '../proto/wire-type.ts';
import type { PartList } from './part-list.ts';
import type { Field, Structure } from './structure.ts';
import { bytesText, hexOf, integerText } from './value-text.ts';

const WIRE_TYPES = ['varint', 'fixed64', 'len', 'group', 'group end', 'fixed32'];
const MAX_DEPTH = 32;

/** Adds the parts of the fields that the open message has; what is known of them is in `structure`. */
export function protoFields(
  list: PartList,
  reader: ProtoReader,
  structure: Structure | undefined,
): void {
  for (;;) {
    const start = reader.offset;
    const tag = reader.tag();
    if (tag === END) return;
    const field = structure?.fields[tag >>> 3];
    if (list.skips(structure, field)) reader.skipField(tag);
    else addField(list, reader, start, tag, field);
  }
}

function addField(
  list: PartList,
  reader: ProtoReader,
  start: number,
  tag: number,
  field: Field | undefined,
): void {
  const wireType = tag & 7;
  const head = {
    start,
    id: tag >>> 3,
    name: field?.name ?? '',
    type: WIRE_TYPES[wireType] ?? `${wireType}`,
    ...(field?.role && { role: field.role }),
  };
  if (wireType === WireType.LENGTH && field?.of && !list.isFull && list.depth < MAX_DEPTH) {
    const { of } = field;
    list.nest({ ...head, type: `len ${of.name}` }, () => {
      const outer = reader.open();
      list.structure(of, () => protoFields(list, reader, of));
      reader.close(outer);
      return reader.offset;
    });
    return;
  }
  const text = scalarText(list, reader, tag, field);
  list.add({ ...head, ...text, end: reader.offset });
}

interface Scalar {
  readonly value: string;
  readonly valueStart: number;
}

function scalarText(
  list: PartList,
  reader: ProtoReader,
  tag: number,
  field: Field | undefined,
): Scalar {
  const valueStart = reader.offset;
  if ((tag & 7) !== WireType.LENGTH)
    return { value: numberText(list, reader, tag, field), valueStart };
  const bytes = reader.binaryView();
  if (field?.role) list.identify(field.role, hexOf(bytes));
  const value = field?.of ? '…' : bytesText(bytes, field?.as);
  return { value, valueStart: reader.offset - bytes.length };
}

function numberText(
  list: PartList,
  reader: ProtoReader,
  tag: number,
  field: Field | undefined,
): string {
  switch (tag & 7) {
    case WireType.VARINT: {
      const value = reader.int64AsBigInt();
      if (field?.role === 'flags') list.flag(Number(value));
      if (field?.name === 'debug' && value !== 0n) list.flag(3);
      return integerText(value, field);
    }
    case WireType.FIXED64:
      return fixed64Text(reader, field);
    case WireType.FIXED32: {
      const start = reader.offset;
      reader.skipField(tag);
      const value = reader.bytes.readUInt32LE(start);
      if (field?.role === 'flags') list.flag(value);
      return `${value}`;
    }
    default:
      reader.skipField(tag);
      return '…';
  }
}

function fixed64Text(reader: ProtoReader, field: Field | undefined): string {
  if (field?.as !== undefined) return integerText(reader.fixed64(), field);
  return `${reader.double()}`;
}
