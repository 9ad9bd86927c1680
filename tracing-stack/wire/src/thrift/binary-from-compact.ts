import { DecodeError } from '../decode-error.ts';
import { BinaryWriter } from './binary-writer.ts';
import { CompactReader } from './compact-reader.ts';
import { CompactType, STOP } from './compact-type.ts';
import { MAX_DEPTH } from './thrift-reader.ts';

/** A reader allows `MAX_DEPTH` inside of what it skips, and that may stand in a tag of a log of a span of a batch. */
const COPIED_DEPTH = MAX_DEPTH + 6;

/**
 * A struct of the compact protocol in the binary one, field for field, also those that nobody here knows; bytes behind it
 * are left out. Texts are not decoded on the way. Throws `DecodeError`.
 */
export function binaryFromCompact(struct: Uint8Array): Uint8Array {
  const reader = new CompactReader(struct);
  // Ids, which take eight bytes there and up to ten here, are most of what differs.
  const writer = new BinaryWriter(2 * struct.length + 64);
  copyStruct(reader, writer, 0);
  return writer.bytes();
}

function copyStruct(reader: CompactReader, writer: BinaryWriter, depth: number): void {
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    writer.field(key, STOP);
    const type = key & 0x0f;
    // The value of a boolean field is in its header.
    if (type !== CompactType.TRUE && type !== CompactType.FALSE) {
      copyValue(reader, writer, type, depth);
    }
  }
  writer.stop();
}

/** A value of `type` inside `depth` containers. */
function copyValue(reader: CompactReader, writer: BinaryWriter, type: number, depth: number): void {
  switch (type) {
    case CompactType.TRUE:
    case CompactType.FALSE:
      writer.byte(reader.byte() === 1 ? 1 : 0);
      return;
    case CompactType.I8:
      writer.byte(reader.byte());
      return;
    case CompactType.I16:
      reader.int64();
      writer.int16(reader.low);
      return;
    case CompactType.I32:
      reader.int64();
      writer.int32(reader.low);
      return;
    case CompactType.I64:
      reader.int64();
      writer.halves(reader.high, reader.low);
      return;
    case CompactType.DOUBLE:
      writer.double(reader.double());
      return;
    case CompactType.BINARY:
      writer.binary(reader.binaryView());
      return;
    default:
      copyContainer(reader, writer, type, depth + 1);
  }
}

function copyContainer(
  reader: CompactReader,
  writer: BinaryWriter,
  type: number,
  depth: number,
): void {
  if (depth > COPIED_DEPTH) {
    throw new DecodeError('too-deep', reader.offset, `more than ${COPIED_DEPTH} containers`);
  }
  switch (type) {
    case CompactType.LIST:
    case CompactType.SET: {
      const count = reader.list();
      const { elementType } = reader;
      writer.list(elementType, count);
      for (let i = 0; i < count; i++) copyValue(reader, writer, elementType, depth);
      return;
    }
    case CompactType.MAP: {
      const count = reader.map();
      const { keyType, elementType } = reader;
      writer.map(keyType, elementType, count);
      for (let i = 0; i < count; i++) {
        copyValue(reader, writer, keyType, depth);
        copyValue(reader, writer, elementType, depth);
      }
      return;
    }
    case CompactType.STRUCT:
      copyStruct(reader, writer, depth);
      return;
    default:
      throw new DecodeError('bad-type', reader.offset, `unknown data type ${type}`, `${type}`);
  }
}
