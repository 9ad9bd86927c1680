import type { KeyValue } from '@spoor/model';
import { StorageError } from '@spoor/storage-api';

/*
 * Tags one after the other: type (1 byte, place in TYPES), length of the key (4, big-endian), length of the value (4),
 * key, value. Values: string UTF-8, bool one byte, int64 and float64 eight bytes big-endian, binary as it is.
 */
const TYPES: readonly KeyValue['type'][] = ['string', 'bool', 'int64', 'float64', 'binary'];
const HEADER_LENGTH = 9;

export function encodeTags(tags: readonly KeyValue[]): Buffer {
  return Buffer.concat(
    tags.flatMap((tag) => {
      const key = Buffer.from(tag.key, 'utf8');
      const value = valueBytes(tag);
      const header = Buffer.alloc(HEADER_LENGTH);
      header[0] = TYPES.indexOf(tag.type);
      header.writeUInt32BE(key.length, 1);
      header.writeUInt32BE(value.length, 5);
      return [header, key, value];
    }),
  );
}

/** Reads what `encodeTags` wrote. Throws `StorageError` code `corrupt`. */
export function decodeTags(bytes: Buffer): KeyValue[] {
  const tags: KeyValue[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    if (offset + HEADER_LENGTH > bytes.length) throw cutOff();
    const keyStart = offset + HEADER_LENGTH;
    const valueStart = keyStart + bytes.readUInt32BE(offset + 1);
    const end = valueStart + bytes.readUInt32BE(offset + 5);
    if (end > bytes.length) throw cutOff();
    const key = bytes.toString('utf8', keyStart, valueStart);
    tags.push(readTag(TYPES[bytes[offset] ?? -1], key, bytes.subarray(valueStart, end)));
    offset = end;
  }
  return tags;
}

function valueBytes(tag: KeyValue): Uint8Array {
  if (tag.type === 'string') return Buffer.from(tag.value, 'utf8');
  if (tag.type === 'bool') return Buffer.from([tag.value ? 1 : 0]);
  if (tag.type === 'binary') return tag.value;
  const value = Buffer.alloc(8);
  if (tag.type === 'int64') value.writeBigInt64BE(BigInt.asIntN(64, tag.value));
  else value.writeDoubleBE(tag.value);
  return value;
}

function readTag(type: KeyValue['type'] | undefined, key: string, value: Buffer): KeyValue {
  switch (type) {
    case 'string':
      return { key, type, value: value.toString('utf8') };
    case 'bool':
      return { key, type, value: value[0] === 1 };
    case 'binary':
      return { key, type, value };
    case 'int64':
    case 'float64':
      if (value.length !== 8) throw cutOff();
      return type === 'int64'
        ? { key, type, value: value.readBigInt64BE() }
        : { key, type, value: value.readDoubleBE() };
    case undefined:
      throw new StorageError('corrupt', '[embedded] a record has an added tag of unknown type');
  }
}

function cutOff(): StorageError {
  return new StorageError('corrupt', '[embedded] a record has an added tag that is cut off');
}
