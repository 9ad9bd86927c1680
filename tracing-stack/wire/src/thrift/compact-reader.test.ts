import { describe, expect, it } from 'vitest';
import { DecodeError, type DecodeErrorCode } from '../decode-error.ts';
import {
  compactDouble,
  compactField,
  compactInteger,
  compactList,
  compactStruct,
  compactText,
  compactVarint,
} from '../testkit/index.ts';
import { TextCache } from '../text-cache.ts';
import { CompactReader } from './compact-reader.ts';
import { CompactType, fieldKey, STOP } from './compact-type.ts';
import { CompactWriter } from './compact-writer.ts';

const { TRUE, FALSE, I8, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT } = CompactType;
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

function written(write: (writer: CompactWriter) => void): string {
  const writer = new CompactWriter(1);
  write(writer);
  return writer.bytes().toString('hex');
}

describe('values as the protocol lays them out, read and written', () => {
  it.each([
    [0, '00'],
    [-1, '01'],
    [1, '02'],
    [63, '7e'],
    [64, '8001'],
    [-2147483648, 'ffffffff0f'],
    [2147483647, 'feffffff0f'],
  ])('i32 %i is %s', (value, bytes) => {
    expect(new CompactReader(hex(bytes)).int32()).toBe(value);
    expect(written((writer) => writer.int32(value))).toBe(bytes);
  });

  it.each([
    [0n, '00'],
    [-1n, '01'],
    [64n, '8001'],
    [2n ** 31n, '8080808010'],
    [1795371722453525n, 'aac88ddcb1b8b006'],
    [2n ** 63n - 1n, 'feffffffffffffffff01'],
    [-(2n ** 63n), 'ffffffffffffffffff01'],
  ])('i64 %i is %s', (value, bytes) => {
    expect(new CompactReader(hex(bytes)).int64AsBigInt()).toBe(value);
    expect(new CompactReader(hex(bytes)).int64AsNumber()).toBe(Number(value));
    expect(written((writer) => writer.int64(value))).toBe(bytes);
    const unsigned = BigInt.asUintN(64, value).toString(16).padStart(16, '0');
    expect(written((writer) => writer.int64FromHex(unsigned))).toBe(bytes);
  });

  it.each([0, 1, -1, 2 ** 32, -(2 ** 32) - 1, 2 ** 53 - 1, -(2 ** 53), 2 ** 62])(
    'a number %d is written as the same i64',
    (value) => {
      const bytes = written((writer) => writer.int64FromNumber(value));
      expect(bytes).toBe(Buffer.from(compactInteger(BigInt(value))).toString('hex'));
    },
  );

  it.each([
    [1.5, '000000000000f83f'],
    [-0, '0000000000000080'],
    [Number.POSITIVE_INFINITY, '000000000000f07f'],
  ])('double %d is %s, low byte first', (value, bytes) => {
    expect(new CompactReader(hex(bytes)).double()).toBe(value);
    expect(written((writer) => writer.double(value))).toBe(bytes);
  });

  it.each([
    ['', '00'],
    ['abc', '03 616263'],
    ['é厨🦡', '09 c3a9 e58ea8 f09fa6a1'],
    ['x'.repeat(128), `8001 ${'78'.repeat(128)}`],
  ])('string %j is its length and its UTF-8', (value, bytes) => {
    expect(new CompactReader(hex(bytes)).text(new TextCache(1))).toBe(value);
    expect(written((writer) => writer.string(value))).toBe(bytes.replaceAll(' ', ''));
    expect(written((writer) => writer.binary(Buffer.from(value)))).toBe(bytes.replaceAll(' ', ''));
  });

  it.each([
    [1, I64, STOP, '16'],
    [15, STRUCT, STOP, 'fc'],
    [16, I64, STOP, '06 20'],
    [16, I64, fieldKey(1, BINARY), 'f6'],
    [1, I64, fieldKey(2, I64), '06 02'],
    [-1, I64, STOP, '06 01'],
    [5, TRUE, fieldKey(2, I32), '31'],
  ])('the header of field %i of type %i', (id, type, previous, bytes) => {
    const key = fieldKey(id, type);
    expect(new CompactReader(hex(bytes)).field(previous)).toBe(key);
    expect(written((writer) => writer.field(key, previous))).toBe(bytes.replaceAll(' ', ''));
  });

  it.each([
    [0, STRUCT, '0c'],
    [14, STRUCT, 'ec'],
    [15, I64, 'f6 0f'],
    [300, BINARY, 'f8 ac02'],
  ])('the header of a list of %i of type %i', (count, type, bytes) => {
    const reader = new CompactReader(Buffer.concat([hex(bytes), Buffer.alloc(count)]));
    expect([reader.list(), reader.elementType]).toEqual([count, type]);
    expect(written((writer) => writer.list(type, count))).toBe(bytes.replaceAll(' ', ''));
  });
});

describe('a value that is skipped', () => {
  const one = compactInteger(1);
  const struct = compactStruct(compactField(1, TRUE), compactField(900, I16, one));
  it.each<[string, number, readonly number[]]>([
    ['true', TRUE, []],
    ['false', FALSE, []],
    ['i8', I8, [200]],
    ['i16', I16, compactInteger(-300)],
    ['i32', I32, compactInteger(70_000)],
    ['i64', I64, compactInteger(-(2n ** 63n))],
    ['double', DOUBLE, compactDouble(0.1)],
    ['binary', BINARY, compactText('abc')],
    ['list of booleans, a byte each', LIST, compactList(TRUE, [[1], [2], [1]])],
    ['set of doubles', SET, compactList(DOUBLE, [compactDouble(1), compactDouble(2)])],
    ['empty map, which has no types', MAP, [0]],
    ['map of text to bool', MAP, [2, 0x81, ...compactText('a'), 1, ...compactText('b'), 2]],
    ['map of i64 to structs', MAP, [1, 0x6c, ...one, ...struct]],
    ['struct', STRUCT, struct],
    ['list of lists', LIST, compactList(LIST, [compactList(I64, [one, one])])],
  ])('%s leaves the reader right behind it', (_, type, bytes) => {
    const reader = new CompactReader(Uint8Array.from([...bytes, 0xaa]));
    reader.skipField(fieldKey(1, type));
    expect(reader.offset).toBe(bytes.length);
  });

  const repeat = (times: number, ...bytes: number[]) => Array(times).fill(bytes).flat();
  it.each<[string, number, (depth: number) => number[]]>([
    ['lists', LIST, (depth) => [...repeat(depth - 1, 0x19), 0x09]],
    ['structs', STRUCT, (depth) => [...repeat(depth - 1, 0x1c), ...repeat(depth, 0)]],
    // One entry a map: the key is a byte, the value the next map.
    ['maps', MAP, (depth) => [...repeat(depth - 1, 1, 0x3b, 0), 0]],
  ])('may hold %s 64 deep and no deeper', (_, type, nested) => {
    const skip = (depth: number) => () =>
      new CompactReader(Uint8Array.from(nested(depth))).skipField(fieldKey(1, type));
    expect([64, 65, 1000, 100_000].map((depth) => codeOf(skip(depth)))).toEqual([
      undefined,
      'too-deep',
      'too-deep',
      'too-deep',
    ]);
  });
});

describe('bad bytes', () => {
  const HUGE = compactVarint(2 ** 31);
  it.each<[string, (reader: CompactReader) => void, readonly number[], DecodeErrorCode]>([
    ['nothing', (reader) => reader.byte(), [], 'truncated'],
    ['half an i32', (reader) => reader.int32(), [0x80, 0x80], 'truncated'],
    ['six bytes of an i32', (reader) => reader.int32(), Array(6).fill(0x80), 'bad-varint'],
    ['half an i64', (reader) => reader.int64(), Array(9).fill(0x80), 'truncated'],
    ['eleven bytes of an i64', (reader) => reader.int64(), Array(11).fill(0x80), 'bad-varint'],
    ['seven bytes of a double', (reader) => reader.double(), Array(7).fill(0), 'truncated'],
    ['a string without its bytes', (reader) => reader.binary(), [3, 0x61, 0x62], 'truncated'],
    ['a string of 2^31 - 1', (reader) => reader.binary(), compactVarint(2 ** 31 - 1), 'truncated'],
    ['a string of 2^31', (reader) => reader.binary(), HUGE, 'negative-length'],
    ['a list of 2^31', (reader) => reader.list(), [0xfc, ...HUGE], 'negative-length'],
    ['a list of more than there is', (reader) => reader.list(), [0x2c, 0], 'truncated'],
    [
      'a list of 2^31 - 1',
      (reader) => reader.list(),
      [0xfc, ...compactVarint(2 ** 31 - 1)],
      'truncated',
    ],
    ['structs that are texts', (reader) => reader.structs(), [0x18, 0], 'bad-type'],
    ['a map of 2^31', (reader) => reader.skipField(MAP), HUGE, 'negative-length'],
    ['a map of more than there is', (reader) => reader.skipField(MAP), [2, 0x33, 1], 'truncated'],
    ['type 13', (reader) => reader.skipField(13), [0], 'bad-type'],
    ['a list of type 0', (reader) => reader.skipField(LIST), [0x10, 0], 'bad-type'],
    ['a field without its value', (reader) => reader.skipField(STRUCT), [0x16], 'truncated'],
  ])('%s', (_, read, bytes, code) => {
    expect(codeOf(() => read(new CompactReader(Uint8Array.from(bytes))))).toBe(code);
  });

  it('are reported with the byte at which they stand', () => {
    const reader = new CompactReader(Uint8Array.from([2, 0x61, 0x62, 9, 0x63]));
    reader.binary();
    expect(() => reader.binary()).toThrow('[wire] the bytes end too early at byte 4');
  });
});

function codeOf(read: () => void): DecodeErrorCode | undefined {
  try {
    read();
  } catch (error) {
    if (error instanceof DecodeError) return error.code;
    throw error;
  }
  return undefined;
}
