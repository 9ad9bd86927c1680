import { describe, expect, it } from 'vitest';
import { DecodeError, type DecodeErrorCode } from '../decode-error.ts';
import {
  protoBytes,
  protoDouble,
  protoInteger,
  protoMessage,
  protoVarint,
} from '../testkit/index.ts';
import { TextCache } from '../text-cache.ts';
import { ProtoReader } from './proto-reader.ts';
import { ProtoWriter } from './proto-writer.ts';
import { END, fieldTag, WireType } from './wire-type.ts';

const { VARINT, FIXED64, LENGTH, GROUP_START, GROUP_END, FIXED32 } = WireType;
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

function written(write: (writer: ProtoWriter) => void): string {
  const writer = new ProtoWriter(1);
  write(writer);
  return writer.bytes().toString('hex');
}

describe('values as the format lays them out, read and written', () => {
  it.each([
    [0n, '00'],
    [1n, '01'],
    [300n, 'ac02'],
    [2n ** 32n, '8080808010'],
    [2n ** 63n - 1n, 'ffffffffffffffff7f'],
    [-1n, 'ffffffffffffffffff01'],
    [-(2n ** 63n), '80808080808080808001'],
  ])('int64 %i is %s', (value, bytes) => {
    expect(new ProtoReader(hex(bytes)).int64AsBigInt()).toBe(value);
    expect(new ProtoReader(hex(bytes)).int64AsNumber()).toBe(Number(value));
    expect(new ProtoReader(hex(bytes)).bool()).toBe(value !== 0n);
    expect(written((writer) => writer.int64(value))).toBe(bytes);
  });

  it.each([0, -1, 2 ** 32, -(2 ** 40), 2 ** 53 - 1])('a number %d is the same int64', (value) => {
    const bytes = Buffer.from(protoVarint(BigInt(value))).toString('hex');
    expect(written((writer) => writer.int64FromNumber(value))).toBe(bytes);
  });

  it.each([
    [1.5, '000000000000f83f'],
    [-0, '0000000000000080'],
  ])('double %d is %s', (value, bytes) => {
    expect(new ProtoReader(hex(bytes)).double()).toBe(value);
    expect(written((writer) => writer.double(value))).toBe(bytes);
  });

  it.each([
    ['', '00'],
    ['é厨', '05 c3a9 e58ea8'],
    ['x'.repeat(200), `c801 ${'78'.repeat(200)}`],
  ])('string %j is its length and its UTF-8', (value, bytes) => {
    expect(new ProtoReader(hex(bytes)).text(new TextCache(1))).toBe(value);
    expect(written((writer) => writer.string(value))).toBe(bytes.replaceAll(' ', ''));
    expect(written((writer) => writer.binary(Buffer.from(value)))).toBe(bytes.replaceAll(' ', ''));
  });

  it('an id is its bytes, high ones first, with zeros in front', () => {
    expect(written((writer) => writer.id('00000000000000ab', 16))).toBe(`10${'00'.repeat(15)}ab`);
  });

  it.each([0, 1, 127, 128, 16_383, 16_384, 70_000])(
    'a message of %i bytes in a message',
    (length) => {
      const inner = 'x'.repeat(length);
      const expected = protoMessage(
        protoBytes(3, protoMessage(protoBytes(1, inner), protoInteger(2, 7))),
      );
      const bytes = written((writer) => {
        const message = writer.open(fieldTag(3, LENGTH));
        writer.varint32(fieldTag(1, LENGTH));
        writer.string(inner);
        writer.varint32(fieldTag(2, VARINT));
        writer.varint32(7);
        writer.close(message);
      });
      expect(bytes).toBe(Buffer.from(expected).toString('hex'));
      const reader = new ProtoReader(expected);
      expect(reader.tag()).toBe(fieldTag(3, LENGTH));
      const outer = reader.open();
      expect(reader.tag()).toBe(fieldTag(1, LENGTH));
      expect(reader.text(new TextCache(1))).toBe(inner);
      expect([reader.tag(), reader.int32(), reader.tag()]).toEqual([fieldTag(2, VARINT), 7, END]);
      reader.close(outer);
      expect(reader.tag()).toBe(END);
    },
  );
});

describe('a value that is skipped', () => {
  const group = (number: number, ...inner: (readonly number[])[]) => [
    ...protoVarint(8 * number + GROUP_START),
    ...inner.flat(),
    ...protoVarint(8 * number + GROUP_END),
  ];
  it.each<[string, readonly number[]]>([
    ['varint', protoInteger(7, -1)],
    ['eight bytes', protoDouble(7, 1)],
    ['four bytes', [...protoVarint(fieldTag(7, FIXED32)), 1, 2, 3, 4]],
    ['text', protoBytes(7, 'abc')],
    ['empty group', group(7)],
    [
      'groups in groups',
      group(7, protoInteger(1, 1), group(7), group(2 ** 29 - 1, protoDouble(3, 1))),
    ],
  ])('%s leaves the reader right behind it', (_, bytes) => {
    const reader = new ProtoReader(Uint8Array.from([...bytes, 0xaa]));
    reader.skipField(reader.tag());
    expect(reader.offset).toBe(bytes.length);
  });

  it('may be groups 64 deep and no deeper', () => {
    const skip = (depth: number) => () => {
      const reader = new ProtoReader(
        Buffer.from([...Array(depth).fill(0x7b), ...Array(depth).fill(0x7c)]),
      );
      reader.skipField(reader.tag());
    };
    const codes = [64, 65, 1000, 100_000].map((depth) => codeOf(skip(depth)));
    expect(codes).toEqual([undefined, 'too-deep', 'too-deep', 'too-deep']);
  });
});

describe('bad bytes', () => {
  const skip = (reader: ProtoReader) => reader.skipField(reader.tag());
  it.each<[string, (reader: ProtoReader) => void, readonly number[], DecodeErrorCode]>([
    ['half a varint', (reader) => reader.int64(), [0x80], 'truncated'],
    ['eleven bytes of a varint', (reader) => reader.int64(), Array(11).fill(0x80), 'bad-varint'],
    ['field number 0', skip, [0x00], 'bad-type'],
    ['a field number of 30 bits', skip, protoVarint(2 ** 32), 'bad-type'],
    ['seven bytes of eight', skip, [fieldTag(1, FIXED64), 0, 0, 0, 0, 0, 0, 0], 'truncated'],
    ['three bytes of four', skip, [fieldTag(1, FIXED32), 0, 0, 0], 'truncated'],
    ['a length of more than there is', skip, [fieldTag(1, LENGTH), 2, 0], 'truncated'],
    ['a length of 2^31', skip, [fieldTag(1, LENGTH), ...protoVarint(2 ** 31)], 'truncated'],
    ['a length of 2^62', skip, [fieldTag(1, LENGTH), ...protoVarint(2n ** 62n)], 'truncated'],
    ['a length of -1', skip, [fieldTag(1, LENGTH), ...protoVarint(-1)], 'negative-length'],
    ['a field without its value', skip, [fieldTag(1, VARINT)], 'truncated'],
    ['wire type 6', skip, [fieldTag(1, 6)], 'bad-type'],
    ['the end of a group that never began', skip, [fieldTag(1, GROUP_END)], 'bad-type'],
    [
      'a group without an end',
      skip,
      [fieldTag(1, GROUP_START), fieldTag(2, VARINT), 1],
      'truncated',
    ],
    [
      'the end of another group',
      skip,
      [fieldTag(1, GROUP_START), fieldTag(2, GROUP_END)],
      'bad-type',
    ],
  ])('%s', (_, read, bytes, code) => {
    expect(codeOf(() => read(new ProtoReader(Uint8Array.from(bytes))))).toBe(code);
  });

  it('inside a message end with the message, and are reported from the start of the input', () => {
    const reader = new ProtoReader(Uint8Array.from([...protoBytes(1, [0x80]), 1]), 100);
    reader.tag();
    reader.open();
    expect(() => reader.int64()).toThrow('[wire] the bytes end too early at byte 102');
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
