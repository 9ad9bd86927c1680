import { describe, expect, it } from 'vitest';
import { DecodeError, type DecodeErrorCode } from '../decode-error.ts';
import { binaryLayout } from '../testkit/index.ts';
import { TextCache } from '../text-cache.ts';
import { BinaryReader } from './binary-reader.ts';
import { BinaryWriter } from './binary-writer.ts';
import { CompactType, fieldKey, STOP } from './compact-type.ts';

const { TRUE, FALSE, I8, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT } = CompactType;
const { i32, i64, text, double, field, struct, list, map } = binaryLayout;
const hex = (bytes: string) => Buffer.from(bytes.replaceAll(' ', ''), 'hex');

function written(write: (writer: BinaryWriter) => void): string {
  const writer = new BinaryWriter(1);
  write(writer);
  return writer.bytes().toString('hex');
}

describe('values as the protocol lays them out, read and written', () => {
  it.each([
    [0, '00000000'],
    [-1, 'ffffffff'],
    [256, '00000100'],
    [-2147483648, '80000000'],
    [2147483647, '7fffffff'],
  ])('i32 %i is %s', (value, bytes) => {
    expect(new BinaryReader(hex(bytes)).int32()).toBe(value);
    expect(written((writer) => writer.int32(value))).toBe(bytes);
  });

  it.each([
    [0n, '0000000000000000'],
    [-1n, 'ffffffffffffffff'],
    [2n ** 31n, '0000000080000000'],
    [1795371722453525n, '000660e18dc1b215'],
    [-(2n ** 63n), '8000000000000000'],
  ])('i64 %i is %s', (value, bytes) => {
    expect(new BinaryReader(hex(bytes)).int64AsBigInt()).toBe(value);
    expect(new BinaryReader(hex(bytes)).int64AsNumber()).toBe(Number(value));
    expect(written((writer) => writer.int64(value))).toBe(bytes);
    const unsigned = BigInt.asUintN(64, value).toString(16).padStart(16, '0');
    expect(written((writer) => writer.int64FromHex(unsigned))).toBe(bytes);
  });

  it.each([
    [1.5, '3ff8000000000000'],
    [-0, '8000000000000000'],
    [Number.POSITIVE_INFINITY, '7ff0000000000000'],
  ])('double %d is %s, high byte first', (value, bytes) => {
    expect(new BinaryReader(hex(bytes)).double()).toBe(value);
    expect(written((writer) => writer.double(value))).toBe(bytes);
  });

  it.each([
    ['', '00000000'],
    ['abc', '00000003 616263'],
    ['é厨🦡', '00000009 c3a9 e58ea8 f09fa6a1'],
  ])('string %j is its length and its UTF-8', (value, bytes) => {
    expect(new BinaryReader(hex(bytes)).text(new TextCache(1))).toBe(value);
    expect(written((writer) => writer.string(value))).toBe(bytes.replaceAll(' ', ''));
    expect(written((writer) => writer.binary(Buffer.from(value)))).toBe(bytes.replaceAll(' ', ''));
  });

  it.each([
    [1, I64, '0a 0001'],
    [300, STRUCT, '0c 012c'],
    [-1, BINARY, '0b ffff'],
    [5, TRUE, '02 0005 01'],
    [5, FALSE, '02 0005 00'],
  ])('the header of field %i of type %i', (id, type, bytes) => {
    const key = fieldKey(id, type);
    const reader = new BinaryReader(hex(bytes));
    expect(reader.field(STOP)).toBe(key);
    expect(reader.offset).toBe(reader.end);
    expect(written((writer) => writer.field(key, STOP))).toBe(bytes.replaceAll(' ', ''));
  });

  it.each([
    [0, STRUCT, '0c 00000000'],
    [300, BINARY, '0b 0000012c'],
    [1, TRUE, '02 00000001'],
  ])('the header of a list of %i of type %i', (count, type, bytes) => {
    const reader = new BinaryReader(Buffer.concat([hex(bytes), Buffer.alloc(count)]));
    expect(reader.list()).toBe(count);
    if (count > 0) expect(reader.elementType).toBe(type);
    expect(written((writer) => writer.list(type, count))).toBe(bytes.replaceAll(' ', ''));
  });
});

it('takes a boolean for true only if it is 1, as Go does', () => {
  expect(new BinaryReader(hex('02 0005 02')).field(STOP)).toBe(fieldKey(5, FALSE));
});

describe('a value that is skipped', () => {
  const inner = struct(field(1, TRUE), field(900, I16, [0, 1]));
  it.each<[string, number, readonly number[]]>([
    // Of which the header held the value.
    ['true', TRUE, []],
    ['i8', I8, [200]],
    ['i16', I16, [1, 2]],
    ['i32', I32, i32(70_000)],
    ['i64', I64, i64(-1)],
    ['double', DOUBLE, double(0.1)],
    ['binary', BINARY, text('abc')],
    ['list of booleans, a byte each', LIST, list(TRUE, [[1], [0], [1]])],
    ['empty list of no type', LIST, [0, 0, 0, 0, 0]],
    ['set of doubles', SET, list(DOUBLE, [double(1), double(2)])],
    ['empty map of no types', MAP, [0, 0, 0, 0, 0, 0]],
    ['map of text to bool', MAP, map(BINARY, TRUE, [[...text('a'), 1]])],
    ['map of i64 to structs', MAP, map(I64, STRUCT, [[...i64(1), ...inner]])],
    ['struct', STRUCT, inner],
    ['list of lists', LIST, list(LIST, [list(I32, [i32(1), i32(2)])])],
  ])('%s leaves the reader right behind it', (_, type, bytes) => {
    const reader = new BinaryReader(Uint8Array.from([...bytes, 0xaa]));
    reader.skipField(fieldKey(1, type));
    expect(reader.offset).toBe(bytes.length);
  });
});

describe('bad bytes', () => {
  const skip = (type: number) => (reader: BinaryReader) => reader.skipField(fieldKey(1, type));
  it.each<[string, (reader: BinaryReader) => unknown, number[], DecodeErrorCode]>([
    ['three bytes of an i32', (reader) => reader.int32(), [0, 0, 0], 'truncated'],
    ['seven bytes of an i64', (reader) => reader.int64(), Array(7).fill(0), 'truncated'],
    ['a string without its bytes', (reader) => reader.binary(), [...i32(3), 1, 2], 'truncated'],
    ['a string of -1', (reader) => reader.binary(), [...i32(-1), 1, 2], 'negative-length'],
    ['a list of -1', (reader) => reader.list(), [12, ...i32(-1)], 'negative-length'],
    ['a list of more than there is', (reader) => reader.list(), [12, ...i32(2), 0], 'truncated'],
    ['a map of more than there is', skip(MAP), [3, 3, ...i32(2), 1, 1], 'truncated'],
    ['a field of type 103', (reader) => reader.field(STOP), [103, 0, 1], 'bad-type'],
    ['a list of type 5', (reader) => reader.list(), [5, ...i32(1), 0], 'bad-type'],
    ['a map of type 5', skip(MAP), [3, 5, ...i32(1), 0, 0], 'bad-type'],
    ['structs that are texts', (reader) => reader.structs(), [11, ...i32(1), 0], 'bad-type'],
    ['half a field header', (reader) => reader.field(STOP), [10, 0], 'truncated'],
    ['a boolean without its value', (reader) => reader.field(STOP), [2, 0, 1], 'truncated'],
  ])('%s', (_, read, bytes, code) => {
    let error: unknown;
    try {
      read(new BinaryReader(Uint8Array.from(bytes)));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(DecodeError);
    expect(error).toMatchObject({ code });
  });

  it('are reported with the byte at which they stand, and an unknown type by its number', () => {
    const reader = new BinaryReader(Uint8Array.from([...field(1, I8, [1]), 31, 0, 1]));
    reader.skipField(reader.field(STOP));
    expect(() => reader.field(STOP)).toThrow('[wire] unknown data type 31 at byte 4');
  });
});
