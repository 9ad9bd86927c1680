import { type Capture, captures } from '@spoor/fixtures';
import { describe, expect, it } from 'vitest';
import { DecodeError } from './decode-error.ts';
import type { BatchEncoding, EncodedBatch } from './encoded-batch.ts';
import { decodePostSpansRequest } from './jaeger-proto/post-spans.ts';
import { decodeEmitBatch } from './jaeger-thrift/emit-batch.ts';
import { openBatch } from './open-batch.ts';
import {
  compactField,
  compactMessage,
  compactStruct,
  compactVarint,
  fateOf,
  indexRows,
  protoBytes,
  protoMessage,
  seededRandom,
  spanRows,
} from './testkit/index.ts';
import { CompactType } from './thrift/compact-type.ts';

// Whatever comes in by a port: either it is decoded, and then it stays so, or a DecodeError says why not.

interface Door {
  readonly name: string;
  readonly decode: (bytes: Uint8Array) => EncodedBatch;
  readonly good: readonly Capture[];
  /** What no bytes are: proto marks no end, so that they are a message without fields. */
  readonly empty: string;
  /** How a message begins, so that random bytes get past the first check. */
  readonly start: Uint8Array;
}

const DOORS: Door[] = [
  {
    name: 'UDP 6831',
    decode: decodeEmitBatch,
    good: captures(6831),
    empty: 'truncated',
    start: compactMessage(4, 'emitBatch', [0x1c, 0x1c]),
  },
  {
    name: 'gRPC 14250',
    decode: decodePostSpansRequest,
    good: captures(14250),
    empty: 'decoded',
    start: Uint8Array.of(0x0a),
  },
];

describe.each(DOORS)('$name', ({ decode, good, empty, start }) => {
  it.each(good)(
    'survives every truncation of $name',
    ({ bytes }) => {
      const fates = new Set<string>();
      for (let length = 1; length < bytes.length; length++) {
        fates.add(fateOf(decode, bytes.subarray(0, length)));
      }
      // Nothing else can be wrong with a beginning.
      expect([...fates]).toEqual(['truncated']);
      expect(fateOf(decode, bytes)).toBe('decoded');
    },
    120_000,
  );

  it('takes no bytes at all for what they are there', () => {
    expect(fateOf(decode, new Uint8Array(0))).toBe(empty);
  });

  it('survives random bytes, with and without the start of a message', () => {
    const random = seededRandom(14);
    const fates = new Set<string>();
    for (let i = 0; i < 3000; i++) {
      const bytes = random.bytes(random.below(200));
      fates.add(fateOf(decode, bytes));
      fates.add(fateOf(decode, Buffer.concat([start, bytes])));
    }
    expect(fates.size).toBeGreaterThan(3);
  });

  it.each([0x00, 0x0a, 0x1c, 0x80, 0xff])('survives 64 KiB of byte %i', (byte) => {
    expect(fateOf(decode, Buffer.alloc(65_536, byte))).not.toBe('decoded');
    expect(fateOf(decode, Buffer.concat([start, Buffer.alloc(65_536, byte)]))).not.toBe('decoded');
  });

  it('survives 64 KiB of random bytes', () => {
    const random = seededRandom(64);
    expect(fateOf(decode, random.bytes(65_536))).not.toBe('decoded');
    expect(fateOf(decode, Buffer.concat([start, random.bytes(65_536)]))).not.toBe('decoded');
  });
});

describe('containers nested 1,000 deep', () => {
  const { LIST, STRUCT } = CompactType;
  const nest = (byte: number) => Array<number>(1000).fill(byte);
  it.each([
    ['lists', LIST, [...nest(0x19), 0x09]],
    ['structs', STRUCT, [...nest(0x1c), ...nest(0)]],
  ])('of %s in a datagram are refused', (_, type, nested) => {
    const args = compactStruct(compactField(9, type, nested));
    expect(fateOf(decodeEmitBatch, compactMessage(4, 'emitBatch', args))).toBe('too-deep');
  });

  it('of groups in a request are refused', () => {
    const bytes = Uint8Array.from([...nest(0x7b), ...nest(0x7c)]);
    expect(fateOf(decodePostSpansRequest, bytes)).toBe('too-deep');
    expect(fateOf(decodePostSpansRequest, protoMessage(protoBytes(1, bytes)))).toBe('too-deep');
  });
});

it('refuses a count of 2^31 before it makes room for it', () => {
  const spans = [CompactType.LIST, 4, 0xfc, ...compactVarint(2 ** 31)];
  const args = [CompactType.STRUCT, 2, ...spans];
  expect(fateOf(decodeEmitBatch, compactMessage(4, 'emitBatch', args))).toBe('negative-length');
});

describe.each<[BatchEncoding, (bytes: Uint8Array) => EncodedBatch, number]>([
  ['jaeger-thrift-compact', decodeEmitBatch, 6831],
  ['jaeger-proto', decodePostSpansRequest, 14250],
])('captures in %s with bytes changed', (encoding, decode, port) => {
  it('are refused by index and spans alike, or read alike', () => {
    const random = seededRandom(31);
    const counts = { read: 0, refused: 0 };
    for (const { bytes } of captures(port)) {
      const batch = decode(bytes).bytes;
      for (let i = 0; i < 250; i++) {
        const changed = Uint8Array.from(batch);
        for (let k = 0; k <= random.below(3); k++) {
          changed[random.below(changed.length)] = random.below(256);
        }
        const opened = openBatch(encoding, changed);
        const spans = codeOrValue(() => spanRows(opened.spans()));
        expect(codeOrValue(() => indexRows(opened.index()))).toEqual(spans);
        counts[typeof spans === 'string' ? 'refused' : 'read']++;
      }
    }
    // Both must happen, or nothing was shown.
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(50);
  }, 120_000);
});

function codeOrValue<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return error.code;
    throw error;
  }
}
