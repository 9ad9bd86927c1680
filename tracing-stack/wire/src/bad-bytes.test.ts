import { isDeepStrictEqual } from 'node:util';
import { type Capture, captures } from '@spoor/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DecodeError } from './decode-error.ts';
import type { BatchEncoding, EncodedBatch } from './encoded-batch.ts';
import { decodePostSpansRequest } from './jaeger-proto/post-spans.ts';
import { decodeEmitBatch, decodeEmitBatchBinary } from './jaeger-thrift/emit-batch.ts';
import { binaryBatch } from './jaeger-thrift/thrift-batch.ts';
import { openBatch } from './open-batch.ts';
import {
  binaryLayout,
  compactLayout,
  compactVarint,
  emitBatchCall,
  fateOf,
  indexRows,
  protoBytes,
  protoMessage,
  seededRandom,
  spanRows,
  type ThriftLayout,
  thinnedStructs,
} from './testkit/index.ts';
import { BinaryReader } from './thrift/binary-reader.ts';
import { CompactReader } from './thrift/compact-reader.ts';
import { CompactType } from './thrift/compact-type.ts';

// Whatever comes in by a port: either it is decoded, and then it stays so, or a DecodeError says why not.

interface Door {
  readonly name: string;
  readonly encoding: BatchEncoding;
  readonly decode: (bytes: Uint8Array) => EncodedBatch;
  readonly good: readonly Capture[];
  /** Small messages with all that is in a large one; not where a message tells its length at its start. */
  readonly thinned?: (bytes: Uint8Array) => Uint8Array[];
  /** What no bytes are: proto marks no end, so that they are a message without fields. */
  readonly empty: string;
  /** How a message begins, so that random bytes get past the first check. */
  readonly start: Uint8Array;
}

const { LIST, STRUCT } = CompactType;

/** Up to where the Batch begins: without the end of the arguments. */
function startOfCall(layout: ThriftLayout): Uint8Array {
  return emitBatchCall(layout, []).subarray(0, -1);
}

const DOORS: Door[] = [
  {
    name: 'UDP 6831',
    encoding: 'jaeger-thrift-compact',
    decode: decodeEmitBatch,
    good: captures(6831),
    thinned: (bytes) =>
      thinnedStructs(new CompactReader(decodeEmitBatch(bytes).bytes), compactLayout).map((batch) =>
        emitBatchCall(compactLayout, batch),
      ),
    empty: 'truncated',
    start: startOfCall(compactLayout),
  },
  {
    name: 'UDP 6832',
    encoding: 'jaeger-thrift-binary',
    decode: decodeEmitBatchBinary,
    good: captures(6832),
    thinned: (bytes) =>
      thinnedStructs(new BinaryReader(decodeEmitBatchBinary(bytes).bytes), binaryLayout).map(
        (batch) => emitBatchCall(binaryLayout, batch),
      ),
    empty: 'truncated',
    start: startOfCall(binaryLayout),
  },
  {
    name: 'HTTP 14268',
    encoding: 'jaeger-thrift-binary',
    decode: decodeBody,
    good: captures(14268),
    thinned: (bytes) =>
      thinnedStructs(new BinaryReader(bytes), binaryLayout).map((batch) => Uint8Array.from(batch)),
    empty: 'truncated',
    start: Uint8Array.from(binaryLayout.field(1, STRUCT)),
  },
  {
    name: 'gRPC 14250',
    encoding: 'jaeger-proto',
    decode: decodePostSpansRequest,
    good: captures(14250),
    empty: 'decoded',
    start: Uint8Array.of(0x0a),
  },
];

function decodeBody(bytes: Uint8Array): EncodedBatch {
  const batch = binaryBatch(bytes);
  batch.index();
  return batch;
}

/** Of a message of 40 KB, 40,000 beginnings of 20 KB are too many: there are the thinned ones for that. */
const MOST_CUTS = 300;

describe.each(DOORS)('$name', ({ encoding, decode, good, thinned, empty, start }) => {
  // A hundred thousand errors are thrown here, and nobody reads where.
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it.each(good)('survives beginnings of $name', ({ bytes }) => {
    const step = thinned ? Math.ceil(bytes.length / MOST_CUTS) : 1;
    const fates = new Set<string>();
    for (let length = 1; length < bytes.length; length += step) {
      fates.add(fateOf(decode, bytes.subarray(0, length)));
    }
    // Nothing else can be wrong with a beginning.
    expect([...fates]).toEqual(['truncated']);
    expect(fateOf(decode, bytes)).toBe('decoded');
  });

  if (thinned) {
    it.each(good)('survives every beginning of all that is in $name', ({ bytes }) => {
      const fates = new Set<string>();
      let before: Uint8Array = new Uint8Array(0);
      for (const message of thinned(bytes)) {
        expect(fateOf(decode, message)).toBe('decoded');
        for (let length = sameBytes(before, message) + 1; length < message.length; length++) {
          fates.add(fateOf(decode, message.subarray(0, length)));
        }
        before = message;
      }
      expect([...fates]).toEqual(['truncated']);
    });
  }

  it('reads captures with bytes changed by index and spans alike, or refuses them alike', () => {
    const random = seededRandom(31);
    const counts = { read: 0, refused: 0 };
    for (const { bytes } of good) {
      const batch = decode(bytes).bytes;
      const rounds = Math.min(100, 30 + 1e6 / batch.length);
      for (let i = 0; i < rounds; i++) {
        const changed = Uint8Array.from(batch);
        for (let k = 0; k <= random.below(3); k++) {
          changed[random.below(changed.length)] = random.below(256);
        }
        const opened = openBatch(encoding, changed);
        const spans = codeOrValue(() => spanRows(opened.spans()));
        // Vitest's own comparison takes longer than all the rest.
        const index = codeOrValue(() => indexRows(opened.index()));
        if (!isDeepStrictEqual(index, spans)) expect(index).toEqual(spans);
        counts[typeof spans === 'string' ? 'refused' : 'read']++;
      }
    }
    // Both must happen, or nothing was shown.
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(50);
  });

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
  const nest = (byte: number) => Array<number>(1000).fill(byte);
  const binaryField = (type: number) => nest(0).flatMap(() => [type, 0, 1]);
  const binaryList = nest(0).flatMap(() => [15, 0, 0, 0, 1]);
  it.each<[string, ThriftLayout, (bytes: Uint8Array) => EncodedBatch, number, number[]]>([
    ['compact lists', compactLayout, decodeEmitBatch, LIST, [...nest(0x19), 0x09]],
    ['compact structs', compactLayout, decodeEmitBatch, STRUCT, [...nest(0x1c), ...nest(0)]],
    ['binary lists', binaryLayout, decodeEmitBatchBinary, LIST, binaryList],
    [
      'binary structs',
      binaryLayout,
      decodeEmitBatchBinary,
      STRUCT,
      [...binaryField(12), ...nest(0)],
    ],
  ])('of %s in a datagram are refused', (_, layout, decode, type, nested) => {
    const args = layout.struct(layout.field(9, type, nested));
    expect(fateOf(decode, layout.message(4, 'emitBatch', args))).toBe('too-deep');
  });

  it('of groups in a request are refused', () => {
    const bytes = Uint8Array.from([...nest(0x7b), ...nest(0x7c)]);
    expect(fateOf(decodePostSpansRequest, bytes)).toBe('too-deep');
    expect(fateOf(decodePostSpansRequest, protoMessage(protoBytes(1, bytes)))).toBe('too-deep');
  });
});

describe('a count is not trusted before there is room made for it', () => {
  const spans = (layout: ThriftLayout, list: readonly number[]) => layout.field(2, LIST, list);
  const zeros = Array<number>(1000).fill(0);
  it.each<[string, ThriftLayout, (bytes: Uint8Array) => EncodedBatch, number[], string]>([
    [
      'compact, 2^31',
      compactLayout,
      decodeEmitBatch,
      [0xfc, ...compactVarint(2 ** 31)],
      'negative-length',
    ],
    ['binary, 2^31', binaryLayout, decodeEmitBatchBinary, [12, 0x80, 0, 0, 0], 'negative-length'],
    ['binary, 2^31 - 1', binaryLayout, decodeEmitBatchBinary, [12, 127, 0, 0, 0], 'truncated'],
    // As many as there are bytes, but a span has at least 17 of them.
    [
      'compact, a thousand',
      compactLayout,
      decodeEmitBatch,
      [0xfc, ...compactVarint(1000), ...zeros],
      'truncated',
    ],
    [
      'binary, a thousand',
      binaryLayout,
      decodeEmitBatchBinary,
      [12, 0, 0, 3, 0xe8, ...zeros],
      'truncated',
    ],
  ])('%s', (_, layout, decode, list, fate) => {
    expect(fateOf(decode, emitBatchCall(layout, spans(layout, list)))).toBe(fate);
  });
});

/** How many bytes two messages have in common at their start: these beginnings need no second look. */
function sameBytes(one: Uint8Array, other: Uint8Array): number {
  const differs = one.findIndex((byte, i) => byte !== other[i]);
  return differs === -1 ? one.length : differs;
}

function codeOrValue<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return error.code;
    throw error;
  }
}
