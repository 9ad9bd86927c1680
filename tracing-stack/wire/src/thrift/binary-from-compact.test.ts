import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { binaryLayout, compactLayout, type ThriftLayout } from '../testkit/index.ts';
import { binaryFromCompact } from './binary-from-compact.ts';
import { CompactType } from './compact-type.ts';

const { TRUE, FALSE, I8, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT } = CompactType;

/** The same struct in either protocol, with a field of every type. `bool` is a boolean as an element. */
function everyType(
  layout: ThriftLayout,
  bool: (value: boolean) => number[],
  i16: typeof layout.i32,
) {
  const { struct, field, list, map, i32, i64, double, text } = layout;
  return struct(
    field(1, TRUE),
    field(2, FALSE),
    field(3, I8, [0xfe]),
    field(4, I16, i16(-2)),
    field(5, I32, i32(-70_000)),
    field(6, I64, i64(-(2n ** 63n))),
    field(7, DOUBLE, double(0.1)),
    field(8, BINARY, text(Uint8Array.of(0xff, 0x00))),
    field(9, LIST, list(TRUE, [bool(true), bool(false)])),
    field(300, SET, list(I32, [i32(1), i32(2)])),
    field(301, MAP, map(BINARY, I64, [[...text('k'), ...i64(5)]])),
    field(302, LIST, list(STRUCT, [struct(field(1, I64, i64(7))), struct()])),
    field(303, STRUCT, struct(field(9, LIST, list(BINARY, [])))),
  );
}

const compact = everyType(compactLayout, (value) => [value ? 1 : 2], compactLayout.i32);
const binary = everyType(
  binaryLayout,
  (value) => [value ? 1 : 0],
  (value) => [...Buffer.from([value >> 8, value])],
);

it('every type of field keeps its value', () => {
  const bytes = binaryFromCompact(Uint8Array.from(compact));
  expect(Buffer.from(bytes).toString('hex')).toBe(Buffer.from(binary).toString('hex'));
});

it('every beginning is refused', () => {
  for (let length = 0; length < compact.length; length++) {
    const cut = Uint8Array.from(compact.slice(0, length));
    expect(() => binaryFromCompact(cut), `${length}`).toThrow(DecodeError);
  }
});

describe('what would not end is refused', () => {
  it.each([
    ['structs', Buffer.alloc(1000, 0x1c), 'too-deep'],
    ['lists', Buffer.alloc(1000, 0x19), 'too-deep'],
    ['an unknown type', Buffer.from([0x1d, 0]), 'bad-type'],
  ])('%s', (_, bytes, code) => {
    expect(() => binaryFromCompact(bytes)).toThrow(expect.objectContaining({ code }));
  });
});
